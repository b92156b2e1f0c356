import { setTimeout as sleep } from "node:timers/promises";
import type { CellResult } from "./cell-result.js";
import { endsNotebook, isSkipped, patienceFor } from "../read/cell-tags.js";
import { executeCell, type CellRun } from "./execute-cell.js";
import { Displays } from "./fold-outputs.js";
import type { Closeness } from "../judge/compare/compare-outputs.js";
import type { KernelCoverage } from "../coverage/kernel-coverage.js";
import { asFlaky } from "../judge/as-flaky.js";
import { judgeCell, type Limits } from "../judge/judge.js";
import { judgeRound } from "../judge/judge-round.js";
import type { Kernel, KernelEnd } from "./kernel/kernel.js";
import { codeAfter } from "./code-after.js";
import type { CodeCell, Notebook } from "../read/notebook.js";
import type { Output } from "../read/output.js";
import type { Failure } from "../judge/verdicts.js";
import { tellOutputs } from "./tell-outputs.js";
import { Widgets } from "./widgets.js";
import { isExit } from "./is-exit.js";
import { settlesWithin, TimeLimit } from "guarded-processes/time-limit";

/** Times are in seconds; Infinity: no limit. */
export interface RoundOptions extends Limits {
  /** How many times all cells run in one kernel. */
  readonly rounds: number;
  /** Whether stored outputs are to be replaced: then only the rounds are compared. */
  readonly update: boolean;
  /** Whether outputs are compared at all. Default: they are. */
  readonly compare?: boolean;
  /** What of outputs is compared, and how closely. Default: all, and exactly. */
  readonly closeness?: Closeness;
  /** Whether cells may fail: then all run, and their errors are outputs. Default: they may not. */
  readonly allowErrors?: boolean;
  /** Whether the cells after one that failed, or ran too long, run all the same. Default: no. */
  readonly goOn?: boolean;
  /** Whether a notebook that ends its kernel with exit code 0 has failed. Default: it has passed. */
  readonly strictExit?: boolean;
  /** Ends the run and its kernel. */
  readonly signal: AbortSignal;
  /** Told after each cell, to take what it has run of what it imports. */
  readonly coverage?: Pick<KernelCoverage, "take">;
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

export interface TimedRun extends CellRun {
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
  /** Positions of cells that ended otherwise than they should. */
  #failed = new Set<number>();
  readonly #displays = new Displays();
  readonly #widgets: Widgets;
  readonly #options: RoundOptions;
  #deadline = new AbortController().signal;

  constructor(
    private readonly notebook: Notebook,
    private readonly kernel: Kernel,
    options: RoundOptions,
  ) {
    this.#widgets = new Widgets(tellOutputs(kernel), this.#displays);
    const { cellTimeoutSeconds = options.cellTimeoutSeconds, allowErrors } = notebook;
    this.#options = {
      ...options,
      cellTimeoutSeconds,
      allowErrors: allowErrors || options.allowErrors === true,
    };
  }

  /** The state of the widgets that the cells have made, as nbformat stores it. */
  get widgetState(): Record<string, unknown> | undefined {
    return this.#widgets.stored;
  }

  async all(): Promise<void> {
    const limit = new TimeLimit(this.#options.notebookTimeoutSeconds);
    this.#deadline = limit.signal;
    try {
      for (let round = 1; round <= this.#options.rounds && !this.dead; round++) {
        this.#runs = [];
        this.#failed = new Set();
        const before = this.failures.length;
        await this.#round(round);
        if (!this.dead) this.#judgeEnd((await this.#settled()).ended, round);
        await this.#judge(round);
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
      this.#options.onCell(position);
      const run = await this.#execute(cell);
      const { milliseconds, end } = run;
      await this.#options.coverage?.take(this.kernel, index + 1, end);
      if (isExit(end) && !this.#options.strictExit) {
        this.dead = end.kind === "died";
        // A kernel may answer before it ends: then the cell before it has ended it.
        if (run.hasBegun || index === 0) this.#runs.push(run);
        return;
      }
      this.#runs.push(run);
      this.#options.onCellEnd?.({ ...position, milliseconds, end: end.kind });
      const failure =
        judgeCell(cell, run, this.#options, this.#deadline.aborted) ?? (await this.#after(cell));
      if (failure === undefined) {
        if (endsNotebook(cell)) return;
      } else if (!(await this.#goesOn(index, { ...asFlaky(failure, round), round }, end))) return;
    }
  }

  /** Takes note of a failure. What follows a failed cell would mostly fail because of it. */
  async #goesOn(position: number, failure: Failure, end: CellRun["end"]): Promise<boolean> {
    const { allowErrors, goOn } = this.#options;
    if (allowErrors && failure.verdict === "cell-error") return true;
    this.#failed.add(position);
    this.failures.push(failure);
    if (end.kind === "died") this.dead = true;
    if (end.kind === "timeout") await this.#stopCell();
    return (goOn === true || allowErrors === true) && !this.dead && !this.#deadline.aborted;
  }

  /** Runs a cell; after an expected error, again while the kernel still refuses to. */
  async #execute(cell: Pick<CodeCell, "source" | "tags">): Promise<TimedRun> {
    const limit = new TimeLimit(this.#options.cellTimeoutSeconds * patienceFor(cell));
    const signal = AbortSignal.any([limit.signal, this.#deadline, this.#options.signal]);
    const { end } = this.#runs.findLast((run) => run !== undefined) ?? {};
    const giveUp = end?.kind === "error" ? Date.now() + ABORTED_MS : 0;
    try {
      for (;;) {
        const started = performance.now();
        const run = await executeCell(this.kernel, cell, signal, this.#displays, this.#widgets);
        const milliseconds = performance.now() - started;
        if (run.end.kind !== "aborted" || Date.now() >= giveUp) return { ...run, milliseconds };
        await sleep(20);
      }
    } finally {
      limit.clear();
    }
  }

  /** Runs what a cell's metadata says is to run after it. */
  async #after(cell: CodeCell): Promise<Failure | undefined> {
    const source = codeAfter(cell, this.kernel.language ?? this.notebook.language);
    if (source === "") return undefined;
    const run = await this.#execute({ source, tags: cell.tags });
    const failure = judgeCell({ ...cell, source }, run, this.#options, this.#deadline.aborted);
    if (failure === undefined) return undefined;
    const { line: _line, ...rest } = failure;
    return {
      ...rest,
      message: `What its metadata says is to run after it failed: ${failure.message}`,
    };
  }

  /**
   * A cell that ran too long is asked to stop, so that what it has to say still comes. Where others are
   * to run after it, and it has stopped, they do; else the kernel is ended, by SIGTERM and SIGKILL
   * where it takes that.
   */
  async #stopCell(): Promise<void> {
    this.dead = true;
    await this.kernel.interrupt();
    const { ended, answered } = await this.#settled();
    const { goOn, allowErrors } = this.#options;
    if ((goOn || allowErrors) && answered && ended === undefined) this.dead = false;
  }

  /**
   * Lets what the last cells caused arrive: a late rejection, the output of a callback.
   *
   * @returns how the kernel has ended, when it has, and whether it is free
   */
  async #settled(): Promise<{ ended: KernelEnd | undefined; answered: boolean }> {
    let ended: KernelEnd | undefined;
    const died = this.kernel.died.then((how) => (ended = how));
    const question = this.kernel.connection.requestKernelInfo();
    const answered = await settlesWithin(Promise.race([question, died]), INTERRUPT_MS);
    return { ended, answered };
  }

  /** Nobody has asked the kernel to end yet: a cell did it, and the kernel answered all the same. */
  #judgeEnd(end: KernelEnd | undefined, round: number): void {
    if (end === undefined || this.#options.signal.aborted) return;
    this.dead = true;
    if (end.isClean && !this.#options.strictExit) return;
    const last = this.#runs.findLastIndex((run) => run !== undefined);
    const cellIndex = this.notebook.cells[last]?.index;
    if (this.failures.length > 0 || cellIndex === undefined) return;
    const message = `The kernel ${end.how}.`;
    this.failures.push({ verdict: "kernel-died", cellIndex, message, round });
  }

  async #judge(round: number): Promise<void> {
    const { failures, cells } = await judgeRound(
      this.notebook,
      { runs: this.#runs, failed: this.#failed, first: this.outputs },
      this.#options,
    );
    this.failures.push(...failures.map((failure) => ({ ...asFlaky(failure, round), round })));
    this.cells = cells;
    const place = ({ cellIndex = -1 }: Failure) => cellIndex;
    this.failures = this.failures.toSorted((a, b) => place(a) - place(b));
    if (round === 1) {
      this.outputs = cells.slice(0, this.#runs.length).map(({ outputs }) => outputs);
    }
  }
}
