import { shortPath } from "notebook-runner/read/select-files";
import type { CellTypeError } from "./type-check.js";

/** As a person reads it: where, what, and the line of the cell with its wrong part underlined. */
export function describeError(error: CellTypeError): string {
  const { notebook, cell, line, column, length, code, message } = error;
  const position = notebook.cells.indexOf(cell) + 1;
  const where = `cell ${cell.index + 1} (code cell ${position} of ${notebook.cells.length})`;
  const source = cell.source.split(/\r?\n/)[line - 1] ?? "";
  // A tab stays one, so that the marks stand below what they mark however wide it is shown.
  const margin = source.slice(0, column - 1).replace(/[^\t]/g, " ");
  return [
    `${shortPath(notebook.file)}, ${where}, ${line}:${column} - error TS${code}: ${message}`,
    `    ${source}`,
    `    ${margin}${"^".repeat(length)}`,
    "",
  ].join("\n");
}
