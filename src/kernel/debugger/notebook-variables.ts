import type { DebugProtocol } from "@vscode/debugprotocol";
import { isScopeName, scopeName, sourceName } from "../cell-names.js";
import type { Evaluation, Where } from "./evaluation.js";
import type { Inspector } from "./inspector.js";
import type { Group } from "./references.js";
import type { RemoteObject } from "./values.js";
import type { Variables } from "./variables.js";

interface Property {
  readonly name: string;
  readonly value?: RemoteObject;
}

/** Values first, then what makes values, then what was imported. */
const ORDER: Readonly<Record<string, number>> = { class: 1, function: 2, import: 3 };

/** The variables of the notebook itself, in a stop and between cells. */
export class NotebookVariables {
  constructor(
    private readonly inspector: Inspector,
    private readonly evaluation: Evaluation,
    private readonly variables: Variables,
  ) {}

  /** All that cells have declared and that has a value. */
  async list(group: Group): Promise<DebugProtocol.Variable[]> {
    const where: Where = { call: undefined, locals: new Set(), group };
    const { names } = await this.inspector.post<{ names: string[] }>(
      "Runtime.globalLexicalScopeNames",
    );
    const lexical = names.filter(isScopeName).map(sourceName);
    const { value } = await this.evaluation.run("$kernel$.debug.imports()", where, {
      returnByValue: true,
    });
    const imports = (value as string[]).filter((name) => !lexical.includes(name));
    const all = await this.evaluation.run(gather([...lexical, ...imports]), where, {
      generatePreview: false,
    });
    const { result } = await this.inspector.post<{ result: Property[] }>("Runtime.getProperties", {
      objectId: all.objectId,
      ownProperties: true,
      generatePreview: true,
    });
    const rank = ({ name, value: one }: Property) =>
      ORDER[imports.includes(name) ? "import" : kindOf(one)] ?? 0;
    return result
      .filter(({ value: one }) => one !== undefined)
      .toSorted((a, b) => rank(a) - rank(b))
      .map(({ name, value: one }) => this.variables.show(name, one as RemoteObject, name, group));
  }
}

/** One object with all of them; what has no value yet throws, and is left out. */
function gather(names: readonly string[]): string {
  const adds = names.map((name) => `add(${JSON.stringify(name)},()=>${scopeName(name)});`);
  return `(()=>{const all={__proto__:null};const add=(name,get)=>{try{const value=get();Object.defineProperty(all,name,{value,enumerable:true})}catch{}};${adds.join("")}return all})()`;
}

function kindOf(value: RemoteObject | undefined): string {
  if (value?.type !== "function") return "value";
  return value.description?.startsWith("class") === true ? "class" : "function";
}
