import { isScopeName } from "../cell-names.js";
import { parse, walk } from "../compile/ast.js";
import { scopeOf } from "../compile/scopes.js";
import type { Position } from "./mapping.js";

/** The names that functions and blocks around a place in compiled code declare. */
export function localsAt(code: string, place: Position): Set<string> {
  const offset = offsetOf(code, place);
  const locals = new Set<string>();
  const { program, errors } = parse(code, "js");
  if (errors.length > 0) return locals;
  walk(program, (node) => {
    if (offset < node.start || offset >= node.end) return node.type === "Program";
    if (node.type === "Program") return;
    for (const name of scopeOf(node) ?? []) if (!isScopeName(name)) locals.add(name);
  });
  return locals;
}

/** The offset of a place in a text. */
export function offsetOf(text: string, { line, column }: Position): number {
  let offset = 0;
  for (let at = 0; at < line; at++) {
    const end = text.indexOf("\n", offset);
    if (end === -1) return text.length;
    offset = end + 1;
  }
  return offset + column;
}
