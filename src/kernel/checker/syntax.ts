import { createRequire } from "node:module";

import type * as Oxc from "oxc-parser";
import type { Node, OxcError, Program } from "oxc-parser";
import { nestingError } from "../compile/nesting.js";

// Loaded when first needed, as a kernel has to answer before it has to parse.
const require = createRequire(import.meta.url);
const parser = () => require("oxc-parser") as typeof Oxc;

/** A node's fields, to walk over any kind of node. */
type Fields = Readonly<Record<string, unknown>>;

export interface Parsed {
  readonly body: Program["body"];
  /** Set when the text could not be parsed to its end; then `body` is empty. */
  readonly errors: readonly OxcError[];
  /** It can be parsed with JSX only. */
  readonly isJsx: boolean;
}

/** Parses a cell as TypeScript; the offsets of its nodes count UTF-16 units. */
export function parseCell(code: string): Parsed {
  const parsed = parseAs("ts", code);
  if (parsed.errors.length === 0 || !code.includes("<")) return parsed;
  const withJsx = parseAs("tsx", code);
  return withJsx.errors.length === 0 ? withJsx : parsed;
}

function parseAs(lang: "ts" | "tsx", code: string): Parsed {
  const tooDeep = nestingError(code);
  if (tooDeep) return { body: [], errors: [tooDeep], isJsx: false };
  const { program, errors } = parser().parseSync(`cell.${lang}`, code, {
    lang,
    sourceType: "module",
    astType: "ts",
  });
  return { body: program.body, errors, isJsx: lang === "tsx" };
}

export function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && typeof (value as Fields)["type"] === "string"
  );
}

/** Calls `visit` with every node, its parent, and under which key it is there; parents first. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | undefined, key: string) => void | "skip",
  parent?: Node,
  key = "",
): void {
  if (visit(node, parent, key) === "skip") return;
  for (const [name, value] of Object.entries(node)) {
    if (isNode(value)) walk(value, visit, node, name);
    else if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) walk(item, visit, node, name);
    }
  }
}

/** The names that a variable's pattern declares: `x`, `{ a, b: [c] }`, `[d = 1, ...e]`. */
export function patternNames(pattern: Node): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "RestElement":
      return patternNames(pattern.argument);
    default:
      return [];
  }
}
