import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { defaultJobs } from "./cli/option-values.js";
import { readOrExplain, type Notebook } from "./read/notebook.js";
import { selectFiles } from "./read/select-files.js";
import { kernelFinder } from "./run/find-kernel.js";
import type { KernelOptions } from "./run/kernel/kernel.js";
import { LocalKernel } from "./run/kernel/local-kernel.js";
import { runAll, type RunOptions } from "./run/run-all.js";
import type { RunResult } from "./run/run-events.js";

export type { Failure, Verdict } from "./judge/verdicts.js";
export type { Notebook } from "./read/notebook.js";
export type { CellResult } from "./run/cell-result.js";
export type { RunEvent, RunResult } from "./run/run-events.js";

/** All but `notebooks` may be left out; times are in seconds, Infinity is no limit. */
export interface RunNotebooksOptions extends Partial<
  Omit<RunOptions, "startKernel" | "launch" | "ahead" | "expectedTime">
> {
  /** Files, folders or globs. */
  readonly notebooks: string | readonly string[];
  /** Globs, files and folders that are left out. */
  readonly ignore?: readonly string[];
  /** What names are relative to, and whose `.venv` may hold kernels. Default: the current folder. */
  readonly folder?: string;
  /** An installed Jupyter kernel. Default: the notebook's own, or one for its language. */
  readonly kernel?: string;
  /** The folder into which the coverage of what cells import is written. Default: none is measured. */
  readonly coverageFolder?: string;
}

/**
 * Runs notebooks, several at a time, each in a kernel of its own, and compares their outputs with the
 * stored ones. Every step is told to `onEvent`, which is waited for.
 *
 * @returns what became of each notebook, in natural order of the files; it has passed when its
 *   `failures` are empty. Those that `signal` or `failFast` left out are missing.
 * @throws {UsageError} when the names lead to nothing
 */
export async function runNotebooks(options: RunNotebooksOptions): Promise<RunResult[]> {
  const { folder = process.cwd(), ignore = [], notebooks: names } = options;
  const files = await selectFiles([names].flat(), [folder], ignore);
  const notebooks = await Promise.all(files.map(readOrExplain));
  if (options.coverageFolder === undefined) return runAll(notebooks, withDefaults(options, folder));
  const { CoverageReport } = await import("./coverage/coverage-report.js");
  const coverage = new CoverageReport(resolve(folder, options.coverageFolder), folder);
  const onCoverage = coverage.add.bind(coverage);
  const results = await runAll(notebooks, { ...withDefaults(options, folder), onCoverage });
  await coverage.write();
  return results;
}

/** The options of a run, those that are not given as the command line has them. */
export function withDefaults(
  options: Omit<RunNotebooksOptions, "notebooks">,
  folder: string,
): RunOptions {
  const find = kernelFinder(options.kernel, folder);
  const jobs = options.jobs ?? defaultJobs();
  return {
    env: process.env,
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 30,
    notebookTimeoutSeconds: 300,
    openSlot: async () => ({ env: {}, stop: async () => {} }),
    signal: new AbortController().signal,
    onEvent: () => {},
    ...options,
    jobs,
    // As many kernels as cores can start at a time; the one beyond `jobs` waits for its turn.
    ahead: jobs <= availableParallelism() ? 1 : 0,
    startKernel: async (notebook: Notebook, kernelOptions: KernelOptions) =>
      LocalKernel.start(await find(notebook), kernelOptions),
  };
}
