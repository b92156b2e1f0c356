import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compareOutputs, masksFor } from "./compare.js";
import { KernelDiedError, StartupTimeoutError } from "./errors.js";
import { executeCell, type CellRun } from "./execute-cell.js";
import { judgeCell, judgeOutputs, judgeUnhandled } from "./judge.js";
import { Kernel } from "./kernel.js";
import type { KernelLaunch } from "./launch.js";
import type { CodeCell, Notebook } from "./notebook.js";
import type { Output } from "./output.js";
import type { Failure } from "./verdicts.js";
import { within } from "./within.js";

export interface NotebookOptions {
  readonly launch: KernelLaunch;
  readonly env: NodeJS.ProcessEnv;
  /** How many times all cells run in one kernel. */
  readonly rounds: number;
  /** Whether stored outputs are to be replaced: then only the rounds are compared. */
  readonly update: boolean;
  readonly startupTimeoutSeconds: number;
  readonly cellTimeoutSeconds: number;
  readonly notebookTimeoutSeconds: number;
  /** Ends the run and its kernel. */
  readonly signal: AbortSignal;
  /** Called before each cell runs. */
  readonly onCell: (position: { round: number; cell: number; cells: number }) => void;
}

export interface NotebookRun {
  readonly failures: readonly Failure[];
  /** Outputs of each code cell in the first round, in the order of `notebook.cells`. */
  readonly outputs: readonly (readonly Output[])[];
  readonly kernelLog: string;
}

/** How long a kernel may refuse cells after an expected error, as tslab does for 200 ms. */
const ABORTED_MS = 3000;
/** How long a kernel may take to stop a cell it was asked to interrupt. */
const INTERRUPT_MS = 2000;

/** Runs all code cells of a notebook in a kernel of its own and judges them. */
export async function runNotebook(
  notebook: Notebook,
  options: NotebookOptions,
): Promise<NotebookRun> {
  let kernel: Kernel;
  try {
    kernel = await Kernel.start(options.launch, { ...options, cwd: dirname(notebook.file) });
  } catch (error) {
    return {
      failures: [startFailure(error)],
      outputs: [],
      kernelLog: (error as KernelDiedError).log,
    };
  }
  const kill = () => void kernel.kill();
  options.signal.addEventListener("abort", kill);
  try {
    const run = new Rounds(notebook, kernel, options);
    await run.all();
    if (options.signal.aborted || run.dead) await kernel.kill();
    else if ((await kernel.shutdown()).leaked) run.failures.push(leakedHandle());
    const { failures, outputs } = run;
    // A callback may have failed after the last cell, when its output could reach no cell.
    if (failures.length === 0) failures.push(...judgeUnhandled(kernel.log));
    return { failures, outputs, kernelLog: kernel.log };
  } finally {
    options.signal.removeEventListener("abort", kill);
  }
}

/** The state of one notebook's run. */
class Rounds {
  readonly failures: Failure[] = [];
  outputs: (readonly Output[])[] = [];
  /** The kernel is gone or of no more use. */
  dead = false;
  #runs: CellRun[] = [];
  readonly #deadline: AbortSignal;

  constructor(
    private readonly notebook: Notebook,
    private readonly kernel: Kernel,
    private readonly options: NotebookOptions,
  ) {
    this.#deadline = AbortSignal.timeout(options.notebookTimeoutSeconds * 1000);
  }

  async all(): Promise<void> {
    for (let round = 1; round <= this.options.rounds && !this.dead; round++) {
      this.#runs = [];
      const before = this.failures.length;
      await this.#round(round);
      if (!this.dead) await this.#settle();
      this.#judgeRound(round);
      if (this.failures.length > before) return;
    }
  }

  async #round(round: number): Promise<void> {
    const { cells } = this.notebook;
    for (const [position, cell] of cells.entries()) {
      this.options.onCell({ round, cell: position + 1, cells: cells.length });
      const run = await this.#execute(cell, this.#runs.at(-1)?.end.kind === "error");
      this.#runs.push(run);
      const failure = judgeCell(cell, run, this.options, this.#deadline.aborted);
      if (failure === undefined) continue;
      this.failures.push({ ...failure, round });
      if (run.end.kind === "died") this.dead = true;
      if (run.end.kind === "timeout") await this.#stopCell();
      // What follows a failed cell would only fail because of it.
      return;
    }
  }

  /** Runs a cell; after an expected error, again while the kernel still refuses to. */
  async #execute(cell: CodeCell, afterError: boolean): Promise<CellRun> {
    const limit = AbortSignal.any([
      AbortSignal.timeout(this.options.cellTimeoutSeconds * 1000),
      this.#deadline,
      this.options.signal,
    ]);
    const giveUp = afterError ? Date.now() + ABORTED_MS : 0;
    let run = await executeCell(this.kernel, cell, limit);
    while (run.end.kind === "aborted" && Date.now() < giveUp) {
      await sleep(20);
      run = await executeCell(this.kernel, cell, limit);
    }
    return run;
  }

  /** A cell that does not heed an interrupt leaves the kernel of no use. */
  async #stopCell(): Promise<void> {
    this.dead = true;
    await this.kernel.interrupt();
    await this.#answers();
  }

  /** Lets what the last cells caused arrive: a late rejection, the output of a callback. */
  async #settle(): Promise<void> {
    await this.#answers();
  }

  async #answers(): Promise<void> {
    const answered = this.kernel.connection.requestKernelInfo();
    await within(Promise.race([answered, this.kernel.died]), INTERRUPT_MS);
  }

  #judgeRound(round: number): void {
    const { cells } = this.notebook;
    const outputs = this.#runs.map((run) => run.fold.outputs);
    for (const [position, came] of outputs.entries()) {
      const cell = cells[position] as CodeCell;
      const stored = this.options.update ? this.outputs[position] : cell.outputs;
      const failed = this.failures.some(({ cellIndex }) => cellIndex === cell.index);
      const diff =
        stored === undefined || failed
          ? undefined
          : compareOutputs(stored, came, masksFor(cell, this.notebook));
      for (const failure of judgeOutputs(cell, came, diff))
        this.failures.push({ ...failure, round });
    }
    if (round === 1) this.outputs = outputs;
  }
}

function startFailure(error: unknown): Failure {
  if (error instanceof StartupTimeoutError) {
    return { verdict: "startup-timeout", message: error.message };
  }
  if (error instanceof KernelDiedError) {
    return { verdict: "kernel-died", message: `${error.message} It was starting.` };
  }
  throw error;
}

function leakedHandle(): Failure {
  return {
    verdict: "leaked-handle",
    message:
      "The kernel did not end after its shutdown. Something is still open: close connections and " +
      "servers and clear timers in the last cell.",
  };
}
