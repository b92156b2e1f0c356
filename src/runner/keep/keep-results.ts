import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { executedText } from "./executed-notebook.js";
import type { Reporter, RunResult } from "../run/run-events.js";

export interface KeepOptions {
  /** Where every executed notebook goes; undefined: only failed ones are kept. */
  readonly outputDir: string | undefined;
  /** Where failed ones go when there is no `outputDir`. */
  readonly failedDir: string;
  /** The folder below which notebooks keep their own folders. */
  readonly root: string;
}

/**
 * Writes executed notebooks with their outputs, and the kernel's log beside one that failed. What an
 * earlier run had kept of a notebook is replaced.
 */
export function keepResults(options: KeepOptions): Reporter {
  return async (event) => {
    if (event.type !== "end") return;
    const { result } = event;
    const file = keptAt(result, options);
    const log = file.replace(/\.ipynb$/, ".log");
    const failed = result.failures.length > 0;
    await Promise.all([rm(file, { force: true }), rm(log, { force: true })]);
    if ((!failed && options.outputDir === undefined) || result.notebook.invalid) return;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, executedText(result));
    if (failed) await writeFile(log, result.kernelLog);
  };
}

/** Where the executed notebook of a result is kept. */
export function keptAt({ notebook }: Pick<RunResult, "notebook">, options: KeepOptions): string {
  const path = relative(options.root, notebook.file);
  // One from elsewhere must not be written elsewhere.
  const inside = path.split(sep).includes("..") ? basename(path) : path;
  return join(options.outputDir ?? options.failedDir, inside);
}
