import type { Node } from "oxc-parser";

import { positionAt } from "./diagnostics.js";
import { parseCell, walk } from "./syntax.js";

/** The first and the last line, from 1, of each statement of a cell that says anything of types. */
export function annotatedLines(code: string): readonly (readonly [first: number, last: number])[] {
  return parseCell(code)
    .body.filter((statement) => isAnnotated(statement))
    .map(({ start, end }) => [positionAt(code, start).line, positionAt(code, end).line]);
}

function isAnnotated(statement: Node): boolean {
  let found = false;
  walk(statement, ({ type }) => {
    found ||= type.startsWith("TS");
    return found ? "skip" : undefined;
  });
  return found;
}
