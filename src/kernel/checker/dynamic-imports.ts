import type { Node } from "oxc-parser";

import { walk } from "./syntax.js";

/** `import("module")`; offsets are UTF-16 units from the start of the statement. */
export interface DynamicImport {
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
  /** Where the module's name is, with its quotes. */
  readonly name: { readonly start: number; readonly end: number };
}

/** The dynamic imports within a statement whose modules are known before it runs. */
export function findDynamicImports(statement: Node): DynamicImport[] {
  const found: DynamicImport[] = [];
  walk(statement, (node) => {
    if (node.type !== "ImportExpression" || node.options) return;
    const { source, start, end } = node;
    if (source.type !== "Literal" || typeof source.value !== "string") return;
    const offset = statement.start;
    found.push({
      specifier: source.value,
      start: start - offset,
      end: end - offset,
      name: { start: source.start - offset, end: source.end - offset },
    });
  });
  return found;
}
