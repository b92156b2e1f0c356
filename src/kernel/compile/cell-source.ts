import { parse } from "./ast.js";

/** White space and comments before the first token. */
const BEFORE_CODE = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*/;

/** A `#!` line, of a script that was pasted, as a comment of the same length. */
export function withoutHashbang(source: string): string {
  return source.replace(/^#!/, "//");
}

/** Where the code of a cell begins, behind comments. */
export function codeStart(source: string): number {
  return BEFORE_CODE.exec(source)?.[0].length ?? 0;
}

/**
 * Whether a cell is an object and not a block, as Node's REPL tells them apart: it begins with a brace
 * and is an expression.
 */
export function isObject(source: string): boolean {
  if (source[codeStart(source)] !== "{" || /;\s*$/.test(source)) return false;
  return parse(asExpression(source), "ts").errors.length === 0;
}

/** The cell in brackets, with a new line in front of the last, for a comment may end it. */
export function asExpression(source: string): string {
  return `(${source}\n)`;
}
