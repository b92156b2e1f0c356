import type { DebugProtocol } from "@vscode/debugprotocol";
import { isScopeName, scopeName, sourceName } from "../cell-names.js";
import type { Evaluation, Where } from "./evaluation.js";
import { gather } from "./gather.js";
import type { Inspector } from "./inspector.js";
import type { Group } from "./references.js";
import type { RemoteObject } from "./values.js";
import type { Variables } from "./variables.js";

/** Values first, then what makes values, then what was imported. */
const ORDER: Readonly<Record<string, number>> = { class: 1, function: 2, import: 3 };

/** The variables of the notebook itself, in a stop and between cells. */
export class NotebookVariables {
  constructor(
    readonly inspector: Inspector,
    readonly evaluation: Evaluation,
    private readonly variables: Variables,
  ) {}

  /** All that cells have declared and that has a value. */
  async list(group: Group): Promise<DebugProtocol.Variable[]> {
    const where: Where = { call: undefined, locals: new Set(), group };
    const { names } = await this.inspector.post<{ names: string[] }>(
      "Runtime.globalLexicalScopeNames",
    );
    const lexical = names.filter(isScopeName).map(sourceName);
    const found = await this.evaluation.run("$kernel$.debug.imports()", where, {
      returnByValue: true,
    });
    const imports = (found.value as string[]).filter((name) => !lexical.includes(name));
    const rank = (name: string, value: RemoteObject) =>
      ORDER[imports.includes(name) ? "import" : kindOf(value)] ?? 0;
    const all = await gather([...lexical, ...imports], scopeName, where, this);
    return [...all]
      .toSorted(([a, one], [b, other]) => rank(a, one) - rank(b, other))
      .map(([name, value]) => this.variables.show(name, value, name, group));
  }
}

function kindOf(value: RemoteObject): string {
  if (value.type !== "function") return "value";
  return value.description?.startsWith("class") === true ? "class" : "function";
}
