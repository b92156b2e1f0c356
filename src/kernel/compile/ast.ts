import { createRequire } from "node:module";
import type * as OxcParser from "oxc-parser";
import type { OxcError } from "oxc-parser";
import { nestingError } from "./nesting.js";

/** A node of the ESTree that oxc gives; offsets are in UTF-16 units. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

// Loaded when first needed: the kernel answers before it can parse.
const require = createRequire(import.meta.url);
let oxc: typeof OxcParser | undefined;
const parser = (): typeof OxcParser => (oxc ??= require("oxc-parser") as typeof OxcParser);

/** Parses a module. The tree is of use only when there are no errors. */
export function parse(
  code: string,
  lang: "js" | "ts",
): { body: readonly Node[]; program: Node; errors: readonly OxcError[] } {
  const tooDeep = nestingError(code);
  if (tooDeep) {
    const empty: Node = { type: "Program", start: 0, end: 0, body: [] };
    return { program: empty, body: [], errors: [tooDeep] };
  }
  const { program, errors } = parser().parseSync(`cell.${lang}`, code, {
    lang,
    sourceType: "module",
    showSemanticErrors: true,
  });
  return {
    program: program as unknown as Node,
    body: program.body as unknown as Node[],
    errors,
  };
}

/** Child nodes in the order of the source, more or less. */
export function* children(node: Node): Generator<Node> {
  for (const key of parser().visitorKeys[node.type] ?? []) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value as (Node | null)[]) if (item !== null) yield item;
    } else if (value !== null && value !== undefined) yield value as Node;
  }
}

/** Calls back for each node, parents first; `false` leaves out what is below. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | undefined) => boolean | void,
  parent?: Node,
): void {
  if (visit(node, parent) === false) return;
  for (const child of children(node)) walk(child, visit, node);
}

export function isFunction(node: Node): boolean {
  return /^(Arrow)?Function(Declaration|Expression)?$|^ArrowFunctionExpression$/.test(node.type);
}

/** The identifiers that a pattern binds. */
export function boundNames(pattern: Node | null | undefined): Node[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "AssignmentPattern":
      return boundNames(pattern["left"] as Node);
    case "RestElement":
      return boundNames(pattern["argument"] as Node);
    case "Property":
      return boundNames(pattern["value"] as Node);
    case "ArrayPattern":
      return (pattern["elements"] as Node[]).flatMap(boundNames);
    case "ObjectPattern":
      return (pattern["properties"] as Node[]).flatMap(boundNames);
    default:
      return [];
  }
}
