import { isInner } from "../checker/names-in-reach.js";
import { readUnfinished } from "../checker/read-cell.js";

/** A variable, and the names of members that lead from it to a value. */
export interface ValuePath {
  readonly root: string;
  readonly keys: readonly string[];
}

const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const KEY = String.raw`\s*\??\.\s*${NAME}|\s*(?:\?\.)?\[\s*(?:\d+|"[^"\\\n]*"|'[^'\\\n]*')\s*\]`;
const PATH = new RegExp(`(?<![\\p{ID_Continue}$.)\\]"'\`])(${NAME})((?:${KEY})*)$`, "u");
const ONE_KEY = new RegExp(`(${NAME})|(\\d+)|"([^"]*)"|'([^']*)'`, "gu");

/**
 * What the members at a cursor are of: `a.b` for `a.b.c|`, `a.b` for `a.b["|`. Undefined where they are
 * of what would have to be computed, or of what only this cell will make.
 */
export function pathBeforeMember(code: string, cursor: number): ValuePath | undefined {
  const before = code.slice(0, cursor);
  const [member] =
    /\s*(?:\?\.|(?<!\.)\.)\s*[\p{ID_Continue}$]*$/u.exec(before) ??
    /\s*(?:\?\.)?\[\s*["'][^"'\n]*$/.exec(before) ??
    [];
  if (member === undefined) return undefined;
  return pathAt(code, cursor - member.length);
}

/** The path of the name that ends at an offset. */
export function pathAt(code: string, end: number): ValuePath | undefined {
  const [, root, rest = ""] = PATH.exec(code.slice(0, end)) ?? [];
  if (root === undefined || isInner(readUnfinished(code, end), end, root)) return undefined;
  const keys = [...rest.matchAll(ONE_KEY)].map(
    ([, name, index, double, single]) => name ?? index ?? double ?? single ?? "",
  );
  return { root, keys };
}
