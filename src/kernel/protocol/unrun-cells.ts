import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { readCell } from "../checker/read-cell.js";

/**
 * Names that cells declare which have not run: they were refused, or were skipped after an error, or
 * stand in the notebook's file. A name of theirs that another cell uses is not a mistake in it.
 */
export class UnrunCells {
  readonly #seen = new Map<string, string>();

  /** A cell that will not run. */
  add(code: string): void {
    for (const name of readCell(code).own.keys()) this.#seen.set(name, code);
  }

  /** A cell that runs. */
  remove(code: string): void {
    if (this.#seen.size === 0) return;
    for (const name of readCell(code).own.keys()) this.#seen.delete(name);
  }

  /** Those of the names that a cell declares which has not run. */
  among(names: readonly string[], code: string): string[] {
    const inFile = names.every((name) => this.#seen.has(name)) ? undefined : namesInNotebook();
    const own = this.#ownNames(code);
    return names.filter((name) => !own.has(name) && (this.#seen.has(name) || inFile?.has(name)));
  }

  #ownNames(code: string): ReadonlySet<string> {
    return new Set(readCell(code).own.keys());
  }
}

/** The names that the cells of the notebook's file declare, as it was saved last. */
function namesInNotebook(): ReadonlySet<string> {
  // Jupyter's server tells its kernels for which file they run.
  const { JPY_SESSION_NAME: file } = process.env;
  if (file === undefined || !file.endsWith(".ipynb")) return new Set();
  try {
    const { cells } = JSON.parse(readFileSync(resolve(file), "utf8")) as Notebook;
    const sources = cells.filter((cell) => cell.cell_type === "code").map(({ source }) => source);
    const codes = sources.map((source) => (typeof source === "string" ? source : source.join("")));
    return new Set(codes.flatMap((code) => [...readCell(code).own.keys()]));
  } catch {
    return new Set();
  }
}

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: string | readonly string[];
  }[];
}
