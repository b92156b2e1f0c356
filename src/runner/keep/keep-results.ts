import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { UsageError } from "../errors.js";
import { executedText } from "./executed-notebook.js";
import { inPieces } from "./in-pieces.js";
import { refuseToReplace } from "./refuse-to-replace.js";
import type { Reporter, RunResult } from "../run/run-events.js";

export interface KeepOptions {
  /** Where every executed notebook goes; undefined: only failed ones are kept. */
  readonly outputDir: string | undefined;
  /** Where failed ones go when there is no `outputDir`. */
  readonly failedDir: string;
  /** Folders below which notebooks keep their own folders: the first that holds one counts. */
  readonly roots: readonly [string, ...string[]];
}

/**
 * Writes executed notebooks with their outputs, and the kernel's log beside one that failed. What an
 * earlier run had kept of a notebook is replaced.
 *
 * What cannot be written, as on a full disk, does not end the run.
 *
 * @param warn told what could not be written
 * @throws {UsageError} before anything runs, when it would write over a notebook that is to run, and
 *   at the end, when something is not in the `outputDir` that was asked for
 */
export function keepResults(options: KeepOptions, warn: (text: string) => void): Reporter {
  const missing: string[] = [];
  return async (event) => {
    if (event.type === "run-start") {
      const files = event.notebooks.map((notebook) => keptAt({ notebook }, options));
      await refuseToReplace(files, event.notebooks);
    } else if (event.type === "end") {
      try {
        await keep(event.result, options);
      } catch (error) {
        const { file } = event.result.notebook;
        missing.push(file);
        warn(`${file}: the executed notebook is not kept: ${(error as Error).message}\n`);
      }
    } else if (event.type === "run-end" && missing.length > 0 && options.outputDir !== undefined) {
      throw new UsageError(`--output-dir: ${missing.length} notebooks could not be written.`);
    }
  };
}

async function keep(result: RunResult, options: KeepOptions): Promise<void> {
  const file = keptAt(result, options);
  const log = `${file.replace(/\.ipynb$/, "")}.log`;
  const failed = result.failures.length > 0;
  await Promise.all([rm(file, { force: true }), rm(log, { force: true })]);
  if ((!failed && options.outputDir === undefined) || result.notebook.invalid) return;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, inPieces(executedText(result)));
    if (failed) await writeFile(log, result.kernelLog);
  } catch (error) {
    // Half a notebook is none.
    await Promise.all([rm(file, { force: true }), rm(log, { force: true })]);
    throw error;
  }
}

/** Where the executed notebook of a result is kept. */
export function keptAt({ notebook }: Pick<RunResult, "notebook">, options: KeepOptions): string {
  // One from elsewhere must not be written elsewhere, and no two to the same place.
  const { roots, outputDir, failedDir } = options;
  const isIn = (root: string) => relative(root, notebook.file).split(sep)[0] !== "..";
  const inside = relative(roots.find(isIn) ?? roots[0], notebook.file)
    .split(sep)
    .map((part) => (part === ".." ? "__" : part.replace(":", "")))
    .join(sep);
  const name = inside.endsWith(".ipynb") ? inside : `${inside}.ipynb`;
  return join(outputDir ?? failedDir, name);
}
