import type { Runtime } from "node:inspector";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { elementsOf, isIndexName, ranges, shapeOf, type Page } from "./elements.js";
import type { Evaluation } from "./evaluation.js";
import type { Inspector } from "./inspector.js";
import type { Group, Opened, References } from "./references.js";
import { isAdded, typeForJupyterLab, typeName, valueText, type RemoteObject } from "./values.js";

type Variable = DebugProtocol.Variable;
type OpenedObject = Extract<Opened, { kind: "object" | "range" }>;

interface Properties {
  readonly result: Runtime.PropertyDescriptor[];
  readonly internalProperties?: Runtime.InternalPropertyDescriptor[];
  readonly privateProperties?: Runtime.PropertyDescriptor[];
}

/** More properties than these are shown in parts. */
const NAMED_MAX = 1000;
/** Those that tell something. */
const INTERNAL = /^\[\[(Promise\w+|Target|Handler|PrimitiveValue|BoundThis|TargetFunction)\]\]$/;

/** Shows values and what is in them, as far as it is asked for. */
export class Variables {
  /** JupyterLab wants types by other names. */
  isForJupyterLab = false;

  constructor(
    private readonly inspector: Inspector,
    private readonly evaluation: Evaluation,
    private readonly references: References,
  ) {}

  /** A value under a name. */
  show(name: string, value: RemoteObject, path: string, group: Group): Variable {
    const type = this.isForJupyterLab ? typeForJupyterLab(value) : typeName(value);
    return {
      name,
      value: valueText(value),
      ...(type === undefined ? {} : { type }),
      ...(path === "" ? {} : { evaluateName: path }),
      ...this.open(value, path, group),
    };
  }

  /** The number under which a value can be opened, and how much is in it. */
  open(value: RemoteObject, path: string, group: Group) {
    const { objectId, type, description = "" } = value;
    if (objectId === undefined || type === "symbol") return { variablesReference: 0 };
    const variablesReference = this.references.add({ kind: "object", objectId, path, group });
    const length = Number(/^[\w$]+\((\d+)\)$/.exec(description)?.[1] ?? 0);
    return length > 0 ? { variablesReference, indexedVariables: length } : { variablesReference };
  }

  /** What is in an object: its elements, then its properties. */
  async children(opened: OpenedObject, page: Page): Promise<Variable[]> {
    const { objectId } = opened;
    if (opened.kind === "range") {
      const { start, count, isNamed } = opened;
      return this.#elements(opened, { start, count, isNamed }, page);
    }
    const shape = await shapeOf(this.evaluation, objectId);
    const found: Variable[] = [];
    if (shape.indexed > 0 && page.filter !== "named") {
      const all = { start: 0, count: shape.indexed, isNamed: false };
      const elements = shape.isCollection ? { ...opened, path: "" } : opened;
      found.push(...(await this.#elements(elements, all, page)));
    }
    if (page.filter === "indexed") return found;
    if (shape.named > NAMED_MAX) {
      const all = { start: 0, count: shape.named, isNamed: true };
      return [...found, ...(await this.#elements(opened, all, page))];
    }
    const named = await this.#properties(opened, shape.indexed > 0);
    if (shape.indexed > 0) return [...found, ...named];
    const { start = 0, count = named.length } = page;
    return named.slice(start, start + (count || named.length));
  }

  async #elements(
    { objectId, path, group }: OpenedObject,
    all: { start: number; count: number; isNamed: boolean },
    page: Page,
  ): Promise<Variable[]> {
    const { isNamed } = all;
    const start = all.start + (page.start ?? 0);
    const count = Math.max(0, Math.min(page.count || all.count, all.start + all.count - start));
    const parts = page.count ? [] : ranges(start, count);
    if (parts.length > 0) {
      return parts.map((part): Variable => {
        const range = { kind: "range", objectId, path, group, isNamed, ...part } as const;
        const name = `[${part.start} … ${part.start + part.count - 1}]`;
        const variablesReference = this.references.add(range);
        return { name, value: "", variablesReference, presentationHint: { kind: "virtual" } };
      });
    }
    const elements = await elementsOf(this.evaluation, objectId, start, count, isNamed);
    if (elements === undefined) return [];
    const { result } = await this.#get(elements, {});
    return this.#described(result, { objectId, path, group });
  }

  async #properties(
    { objectId, path, group }: OpenedObject,
    isIndexed: boolean,
  ): Promise<Variable[]> {
    const options = { nonIndexedPropertiesOnly: isIndexed };
    const {
      result,
      internalProperties = [],
      privateProperties = [],
    } = await this.#get(objectId, options);
    const own = result.filter(
      ({ name, enumerable }) => enumerable || /^(message|stack|cause)$/.test(name),
    );
    const shown = this.#described([...own, ...privateProperties], { objectId, path, group });
    const internal = internalProperties.filter(({ name }) => INTERNAL.test(name));
    shown.push(
      ...internal.flatMap(({ name, value }) => (value ? [this.show(name, value, "", group)] : [])),
    );
    if (isIndexed || internal.length > 0) return shown;
    const inherited = await this.#get(objectId, {
      ownProperties: false,
      accessorPropertiesOnly: true,
    });
    const names = new Set(shown.map(({ name }) => name));
    const getters = inherited.result.filter(
      ({ name, get }) => get && name !== "__proto__" && !names.has(name),
    );
    return [...shown, ...this.#described(getters, { objectId, path, group })];
  }

  #get(objectId: string, options: object): Promise<Properties> {
    const always = { objectId, ownProperties: true, generatePreview: true };
    return this.inspector.post<Properties>("Runtime.getProperties", { ...always, ...options });
  }

  #described(
    properties: readonly Runtime.PropertyDescriptor[],
    { objectId, path, group }: { objectId: string; path: string; group: Group },
  ): Variable[] {
    return properties.flatMap(({ name, value, get, symbol }): Variable[] => {
      if (isAdded(name)) return [];
      const inner = path === "" || symbol ? "" : `${path}${accessor(name)}`;
      if (value) return [this.show(name, value, inner, group)];
      if (get === undefined || get.type === "undefined") return [];
      const opened = { kind: "getter", objectId, name, path: inner, group } as const;
      const variablesReference = this.references.add(opened);
      return [
        {
          name,
          value: "(…)",
          type: "getter",
          variablesReference,
          presentationHint: { lazy: true, kind: "property" },
        },
      ];
    });
  }
}

/** How a property is written behind its object. */
function accessor(name: string): string {
  if (isIndexName(name)) return `[${name}]`;
  return /^#?[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `.${name}`
    : `[${JSON.stringify(name)}]`;
}
