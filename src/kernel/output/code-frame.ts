import { bold, cyan, green, red } from "./colours.js";

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units; marked with a caret when it is given. */
  readonly column?: number;
  /** Where the mark ends, not included. */
  readonly endColumn?: number;
}

/** How many lines are shown before and after. */
const AROUND = 2;

/** Lines of source around a place, the line itself marked with an arrow as IPython does it. */
export function codeFrame(source: string, place: Place): string {
  const lines = source.split("\n");
  const first = Math.max(1, place.line - AROUND);
  const last = Math.min(lines.length, place.line + AROUND);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? "";
    if (number !== place.line) {
      shown.push(`      ${String(number).padStart(width)} ${text}`);
      continue;
    }
    shown.push(green(`----> ${String(number).padStart(width)} `) + text);
    if (place.column !== undefined) shown.push(caret(text, place, 7 + width));
  }
  return shown.join("\n");
}

function caret(text: string, { column = 1, endColumn }: Place, indent: number): string {
  const start = column - 1;
  // Tabs stay tabs, so that the caret stands where the text stands.
  const before = text.slice(0, start).replace(/[^\t]/g, " ");
  const end = Math.min(text.length, (endColumn ?? column + 1) - 1);
  return " ".repeat(indent) + before + red("^".repeat(Math.max(1, end - start)));
}

/** Line and column of an offset. */
export function placeOf(source: string, offset: number): Place {
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** `Cell 3, line 2`, where a frame stands. */
export function heading(file: string, line: number, name?: string): string {
  return `${cyan(`${file}, line ${line}`)}${name ? `, in ${bold(name)}` : ""}`;
}
