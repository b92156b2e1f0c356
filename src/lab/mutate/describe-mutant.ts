import { shortPath } from "notebook-runner/read/select-files";
import { changedSource, type Mutant } from "./mutants.js";

/** As a person reads it: where, and the line before and after the change. */
export function describeMutant(mutant: Mutant): string {
  const { notebook, cell, position, change } = mutant;
  const before = cell.source.slice(0, change.start).split("\n");
  const line = before.length;
  const column = (before.at(-1) ?? "").length + 1;
  const where = `cell ${cell.index + 1} (code cell ${position + 1} of ${notebook.cells.length})`;
  const lineOf = (source: string) => (source.split("\n")[line - 1] ?? "").trim();
  return [
    `${shortPath(notebook.file)}, ${where}, ${line}:${column}`,
    `    - ${lineOf(cell.source)}`,
    `    + ${lineOf(changedSource(mutant))}`,
    "",
  ].join("\n");
}
