import { dirname } from "node:path";
import type { CellResult } from "./cell-result.js";
import type { CellCoverage } from "../coverage/kernel-coverage.js";
import { KernelDiedError, StartupTimeoutError } from "../errors.js";
import { judgeShutdown } from "../judge/judge-shutdown.js";
import { judgeUnhandled } from "../judge/judge.js";
import type { Kernel, KernelOptions } from "./kernel/kernel.js";
import { LocalKernel } from "./kernel/local-kernel.js";
import { bundledTslab, type KernelLaunch } from "./launch.js";
import type { Notebook } from "../read/notebook.js";
import type { Output } from "../read/output.js";
import { openThreads } from "./open-threads.js";
import { Rounds, type RoundOptions } from "./rounds.js";
import type { Semaphore } from "./semaphore.js";
import type { Failure } from "../judge/verdicts.js";

export interface NotebookOptions extends RoundOptions {
  /** The kernel of all notebooks. Default: the bundled tslab. */
  readonly launch?: KernelLaunch;
  /** Starts a kernel that suits a notebook, in place of `launch`. */
  readonly startKernel?: (notebook: Notebook, options: KernelOptions) => Promise<Kernel>;
  readonly env: NodeJS.ProcessEnv;
  /** Infinity: no limit. */
  readonly startupTimeoutSeconds: number;
  /** Whether processes and handles may be left open at the end. Default: they fail the notebook. */
  readonly allowLeaks?: boolean;
  /** Takes what cells run of the files that they import. Default: nothing does. */
  readonly onCoverage?: (coverage: CellCoverage) => void;
  /** How many kernels start, and how many notebooks run, at a time; others wait. */
  readonly turns?: { readonly start: Semaphore; readonly run: Semaphore };
}

export interface NotebookRun {
  readonly failures: readonly Failure[];
  /** Outputs of each code cell in the first round, in the order of `notebook.cells`. */
  readonly outputs: readonly (readonly Output[])[];
  /** Each code cell in the last round that ran. */
  readonly cells: readonly CellResult[];
  /** The state of its widgets, as nbformat stores it; undefined without any. */
  readonly widgetState?: Readonly<Record<string, unknown>> | undefined;
  readonly kernelLog: string;
  /** How long the kernel took to be ready. */
  readonly startMilliseconds: number;
}

const NOTHING_TO_RUN: NotebookRun = {
  failures: [],
  outputs: [],
  cells: [],
  kernelLog: "",
  startMilliseconds: 0,
};

/** Runs all code cells of a notebook in a kernel of its own and judges them; none without cells. */
export async function runNotebook(
  notebook: Notebook,
  options: NotebookOptions,
): Promise<NotebookRun> {
  const { invalid } = notebook;
  if (invalid !== undefined) {
    const failures = [
      { verdict: "invalid-notebook", message: `The file is no notebook: ${invalid}.` },
    ] as const;
    return { ...NOTHING_TO_RUN, failures };
  }
  if (notebook.cells.length === 0) return NOTHING_TO_RUN;
  if (options.onCoverage === undefined) return runInKernel(notebook, options);
  // Loaded when asked for.
  const { KernelCoverage } = await import("../coverage/kernel-coverage.js");
  const coverage = await KernelCoverage.start(notebook, options.onCoverage);
  const env = { ...options.env, ...coverage.env };
  try {
    return await runInKernel(notebook, { ...options, env, coverage });
  } finally {
    await coverage.end();
  }
}

async function runInKernel(notebook: Notebook, options: NotebookOptions): Promise<NotebookRun> {
  const { turns, signal } = options;
  const inTurn = <T>(turn: Semaphore | undefined, work: () => Promise<T>) =>
    turn ? turn.run(work) : work();
  let kernel: Kernel;
  let startMilliseconds = 0;
  try {
    kernel = await inTurn(turns?.start, async () => {
      const began = performance.now();
      const ready = await start(notebook, options);
      startMilliseconds = performance.now() - began;
      return ready;
    });
  } catch (error) {
    const failures = [startFailure(error)];
    const { log = "" } = error as Partial<KernelDiedError>;
    return { failures, outputs: [], cells: [], kernelLog: log, startMilliseconds };
  }
  const kill = () => void kernel.kill();
  signal.addEventListener("abort", kill);
  try {
    const run = new Rounds(notebook, kernel, options);
    if (!signal.aborted) await inTurn(turns?.run, () => run.all());
    if (signal.aborted || run.dead) await kernel.kill();
    else run.failures.push(...(await shutDown(kernel, notebook, options)));
    const { failures, outputs, cells } = run;
    // A callback may have failed after the last cell, when its output could reach no cell.
    if (failures.length === 0) failures.push(...judgeUnhandled(kernel.log));
    const { widgetState } = run;
    return { failures, outputs, cells, widgetState, kernelLog: kernel.log, startMilliseconds };
  } finally {
    signal.removeEventListener("abort", kill);
  }
}

async function shutDown(kernel: Kernel, notebook: Notebook, options: NotebookOptions) {
  if (notebook.allowLeaks || options.allowLeaks) {
    await kernel.shutdown(true);
    return [];
  }
  const language = kernel.language ?? notebook.language;
  const open = await openThreads(kernel, language);
  return judgeShutdown({ open, ...(await kernel.shutdown()) }, language);
}

function start(notebook: Notebook, options: NotebookOptions): Promise<Kernel> {
  options.signal.throwIfAborted();
  const kernelOptions = { ...options, cwd: dirname(notebook.file) };
  const { launch, startKernel } = options;
  if (startKernel !== undefined) return startKernel(notebook, kernelOptions);
  return LocalKernel.start(launch ?? bundledTslab(), kernelOptions);
}

function startFailure(error: unknown): Failure {
  if (error instanceof StartupTimeoutError) {
    return { verdict: "startup-timeout", message: error.message };
  }
  if (error instanceof KernelDiedError) {
    return { verdict: "kernel-died", message: `${error.message} It was starting.` };
  }
  const { name, message } = error as Error;
  if (name === "AbortError") throw error;
  return { verdict: "no-kernel", message };
}
