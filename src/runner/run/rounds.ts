import { setTimeout as sleep } from "node:timers/promises";
import type { CellResult } from "./cell-result.js";
import { isSkipped, patienceFor } from "../read/cell-tags.js";
import { compareOutputs, masksFor } from "../judge/compare/compare-outputs.js";
import { executeCell, type CellRun } from "./execute-cell.js";
import { Displays } from "./fold-outputs.js";
import { judgeCell, judgeLateError, judgeOutputs } from "../judge/judge.js";
import type { Kernel } from "./kernel/kernel.js";
import type { CodeCell, Notebook } from "../read/notebook.js";
import type { Output } from "../read/output.js";
import { TimeLimit } from "guarded-processes/time-limit";
import type { Failure } from "../judge/verdicts.js";
import { settlesWithin } from "guarded-processes/time-limit";

export interface RoundOptions {
  /** How many times all cells run in one kernel. */
  readonly rounds: number;
  /** Whether stored outputs are to be replaced: then only the rounds are compared. */
  readonly update: boolean;
  /** Whether outputs are compared at all. Default: they are. */
  readonly compare?: boolean;
  readonly cellTimeoutSeconds: number;
  readonly notebookTimeoutSeconds: number;
  /** Ends the run and its kernel. */
  readonly signal: AbortSignal;
  /** Called before each cell runs. */
  readonly onCell: (position: CellPosition) => void;
  /** Called after each cell has run. */
  readonly onCellEnd?: (position: CellPosition & CellEnding) => void;
}

export interface CellPosition {
  readonly round: number;
  /** Which code cell, from 1. */
  readonly cell: number;
  readonly cells: number;
}

export interface CellEnding {
  readonly milliseconds: number;
  /** How it ended; its outputs are judged when the whole round has run. */
  readonly end: CellRun["end"]["kind"];
}

/** How long a kernel may refuse cells after an expected error, as tslab does for 200 ms. */
const ABORTED_MS = 3000;
/** How long a kernel may take to stop a cell it was asked to interrupt. */
const INTERRUPT_MS = 2000;

interface TimedRun extends CellRun {
  readonly milliseconds: number;
}

/** The state of one notebook's run: all its cells, once or several times. */
export class Rounds {
  failures: Failure[] = [];
  /** Outputs of the first round; of a cell that was skipped, the stored ones. */
  outputs: (readonly Output[])[] = [];
  /** How the cells of the last round came out. */
  cells: CellResult[] = [];
  /** The kernel is gone or of no more use. */
  dead = false;
  /** By position; undefined: skipped, or not run. */
  #runs: (TimedRun | undefined)[] = [];
  readonly #displays = new Displays();
  #deadline = new AbortController().signal;

  constructor(
    private readonly notebook: Notebook,
    private readonly kernel: Kernel,
    private readonly options: RoundOptions,
  ) {}

  async all(): Promise<void> {
    const limit = new TimeLimit(this.options.notebookTimeoutSeconds);
    this.#deadline = limit.signal;
    try {
      for (let round = 1; round <= this.options.rounds && !this.dead; round++) {
        this.#runs = [];
        const before = this.failures.length;
        await this.#round(round);
        if (!this.dead) this.#judgeEnd(await this.#settle(), round);
        await this.#judgeRound(round);
        if (this.failures.length > before) return;
      }
    } finally {
      limit.clear();
    }
  }

  async #round(round: number): Promise<void> {
    const { cells } = this.notebook;
    for (const [index, cell] of cells.entries()) {
      if (isSkipped(cell)) {
        this.#runs.push(undefined);
        continue;
      }
      const position = { round, cell: index + 1, cells: cells.length };
      this.options.onCell(position);
      const run = await this.#execute(cell);
      this.#runs.push(run);
      const { milliseconds, end } = run;
      this.options.onCellEnd?.({ ...position, milliseconds, end: end.kind });
      const failure = judgeCell(cell, run, this.options, this.#deadline.aborted);
      if (failure === undefined) continue;
      this.failures.push({ ...failure, round });
      if (end.kind === "died") this.dead = true;
      if (end.kind === "timeout") await this.#stopCell();
      // What follows a failed cell would only fail because of it.
      return;
    }
  }

  /** Runs a cell; after an expected error, again while the kernel still refuses to. */
  async #execute(cell: CodeCell): Promise<TimedRun> {
    const limit = new TimeLimit(this.options.cellTimeoutSeconds * patienceFor(cell));
    const signal = AbortSignal.any([limit.signal, this.#deadline, this.options.signal]);
    const before = this.#runs.findLast((run) => run !== undefined);
    const giveUp = before?.end.kind === "error" ? Date.now() + ABORTED_MS : 0;
    try {
      for (;;) {
        const started = performance.now();
        const run = await executeCell(this.kernel, cell, signal, this.#displays);
        const milliseconds = performance.now() - started;
        if (run.end.kind !== "aborted" || Date.now() >= giveUp) return { ...run, milliseconds };
        await sleep(20);
      }
    } finally {
      limit.clear();
    }
  }

  /**
   * A cell that ran too long leaves the kernel of no use: it is asked to stop, so that what it has to
   * say still comes, and then ended, by SIGTERM and SIGKILL where it takes that.
   */
  async #stopCell(): Promise<void> {
    this.dead = true;
    await this.kernel.interrupt();
    await this.#settle();
  }

  /**
   * Lets what the last cells caused arrive: a late rejection, the output of a callback.
   *
   * @returns how the kernel has ended, when it has
   */
  async #settle(): Promise<string | undefined> {
    let ended: string | undefined;
    const died = this.kernel.died.then((how) => (ended = how));
    const answered = this.kernel.connection.requestKernelInfo();
    await settlesWithin(Promise.race([answered, died]), INTERRUPT_MS);
    return ended;
  }

  /** Nobody has asked the kernel to end yet: a cell did it, and the kernel answered all the same. */
  #judgeEnd(how: string | undefined, round: number): void {
    if (how === undefined || this.options.signal.aborted) return;
    this.dead = true;
    const last = this.#runs.findLastIndex((run) => run !== undefined);
    const cellIndex = this.notebook.cells[last]?.index;
    if (this.failures.length > 0 || cellIndex === undefined) return;
    this.failures.push({ verdict: "kernel-died", cellIndex, message: `The kernel ${how}.`, round });
  }

  async #judgeRound(round: number): Promise<void> {
    const results: CellResult[] = [];
    for (const [position, cell] of this.notebook.cells.entries()) {
      const run = this.#runs[position];
      if (run === undefined) {
        const status = isSkipped(cell) ? "skipped" : "not-run";
        results.push({ cell, status, milliseconds: 0, outputs: cell.outputs });
        continue;
      }
      const { outputs } = run.fold;
      const isLast = position === this.#runs.length - 1;
      const ended = isLast && judgeCell(cell, run, this.options, false) !== undefined;
      const late = run.end.kind === "ok" && !ended ? judgeLateError(cell, outputs) : [];
      const found =
        late.length > 0 ? late : await this.#judgeOutputs(position, cell, outputs, ended);
      this.failures.push(...found.map((failure) => ({ ...failure, round })));
      const status = ended || found.length > 0 ? "failed" : "passed";
      results.push({ cell, status, milliseconds: run.milliseconds, outputs });
    }
    this.cells = results;
    const place = ({ cellIndex = -1 }: Failure) => cellIndex;
    this.failures = this.failures.toSorted((a, b) => place(a) - place(b));
    if (round === 1) {
      this.outputs = results.slice(0, this.#runs.length).map(({ outputs }) => outputs);
    }
  }

  async #judgeOutputs(
    position: number,
    cell: CodeCell,
    outputs: readonly Output[],
    failed: boolean,
  ): Promise<Failure[]> {
    const stored = this.options.update ? this.outputs[position] : cell.outputs;
    const compares = stored !== undefined && !failed && this.options.compare !== false;
    const difference = compares
      ? await compareOutputs(stored, outputs, masksFor(cell, this.notebook))
      : undefined;
    return judgeOutputs(cell, outputs, difference);
  }
}
