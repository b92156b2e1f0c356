import { availableParallelism } from "node:os";
import type { Notebook } from "../read/notebook.js";
import type { Reporter, RunEvent, RunResult } from "./run-events.js";
import { runNotebook, type NotebookOptions } from "./run-notebook.js";
import { Semaphore } from "./semaphore.js";
import { updateNotebook } from "../keep/write-notebook.js";

export type { RunEvent, RunResult } from "./run-events.js";

/** What one parallel slot gives its notebooks, such as a Redis of its own. */
export interface Slot {
  readonly env: Readonly<Record<string, string>>;
  /** Called before a notebook's kernel is started. */
  readonly beforeNotebook?: (notebook: Notebook) => Promise<void>;
  /** Called when a notebook has run and its kernel is gone, before the next begins. */
  readonly afterNotebook?: (notebook: Notebook) => Promise<void>;
  stop(): Promise<void>;
}

export interface RunOptions extends Omit<
  NotebookOptions,
  "onCell" | "onCellEnd" | "env" | "turns"
> {
  /** How many notebooks run at a time. */
  readonly jobs: number;
  /** How many kernels are started ahead while all `jobs` run. Default: none. */
  readonly ahead?: number;
  /** Whether the first failure ends the run. Default: all run. */
  readonly failFast?: boolean;
  readonly env: NodeJS.ProcessEnv;
  /**
   * Makes ready what a slot gives; called once for each of at most `jobs + ahead` slots, and only when
   * a notebook with code is to run in it.
   */
  readonly openSlot: () => Promise<Slot>;
  /** How long a notebook took before, in milliseconds: the longest, and the unknown, run first. */
  readonly expectedTime?: (notebook: Notebook) => number | undefined;
  readonly onEvent: Reporter;
}

/**
 * Runs notebooks, several at a time, each in a kernel of its own. While they run, the next kernel is
 * started.
 *
 * @returns the results in the order of `notebooks`; those that an abort left out are missing
 * @throws what `openSlot` throws
 */
export async function runAll(
  notebooks: readonly Notebook[],
  options: RunOptions,
): Promise<RunResult[]> {
  const { jobs, ahead = 0, onEvent } = options;
  const started = performance.now();
  await onEvent({ type: "run-start", notebooks });
  const results: RunResult[] = [];
  const waiting = inOrder(notebooks, options.expectedTime);
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  // More kernels starting than cores would only slow all of them.
  const turns = { start: new Semaphore(availableParallelism()), run: new Semaphore(jobs) };
  const work = async () => {
    let slot: Slot | undefined;
    try {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        const [position, notebook] = next;
        // One without code needs none.
        const used = notebook.cells.length > 0 ? (slot ??= await options.openSlot()) : undefined;
        const env = { ...options.env, ...used?.env };
        await used?.beforeNotebook?.(notebook);
        const result = await runOne(notebook, { ...options, signal, env, turns });
        if (result) results[position] = result;
        if (options.failFast && result && result.failures.length > 0) ended.abort();
        await used?.afterNotebook?.(notebook);
        // Only where Node was started with --expose-gc. Left to itself it lets garbage pile up: 4 MB.
        globalThis.gc?.();
      }
    } finally {
      await slot?.stop();
    }
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: Math.min(jobs + ahead, notebooks.length) }, () =>
      work().catch((error: unknown) => {
        ended.abort();
        throw error;
      }),
    ),
  );
  if (!options.signal.aborted) {
    for (const outcome of outcomes) {
      if (outcome.status === "rejected" && !isAbort(outcome.reason)) throw outcome.reason;
    }
  }
  const complete = results.filter((result) => result !== undefined);
  const left = notebooks.length - complete.length;
  const milliseconds = performance.now() - started;
  await onEvent({ type: "run-end", results: complete, milliseconds, left });
  return complete;
}

/** With their positions; the longest first, since it would keep the others waiting at the end. */
function inOrder(notebooks: readonly Notebook[], expected: RunOptions["expectedTime"]) {
  const time = (notebook: Notebook) => expected?.(notebook) ?? Infinity;
  return [...notebooks.entries()]
    .map((entry) => ({ entry, time: time(entry[1]) }))
    .toSorted((a, b) => (a.time === b.time ? 0 : b.time - a.time))
    .map(({ entry }) => entry);
}

/** @returns undefined when it was aborted */
async function runOne(
  notebook: Notebook,
  options: RunOptions & Pick<NotebookOptions, "turns">,
): Promise<RunResult | undefined> {
  const { signal, onEvent } = options;
  const tell = (event: RunEvent) => void onEvent(event);
  tell({ type: "start", notebook });
  let cellsMilliseconds = 0;
  const run = await runNotebook(notebook, {
    ...options,
    onCell: (position) => tell({ type: "cell", notebook, ...position }),
    onCellEnd: (position) => {
      cellsMilliseconds += position.milliseconds;
      tell({ type: "cell-end", notebook, ...position });
    },
  });
  if (signal.aborted) return undefined;
  const update =
    options.update && run.failures.length === 0
      ? await updateNotebook(notebook, run.outputs, run.widgetState)
      : { written: false, failures: [] };
  const milliseconds = run.startMilliseconds + cellsMilliseconds;
  const failures = [...run.failures, ...update.failures];
  const result: RunResult = { ...run, failures, notebook, milliseconds, written: update.written };
  await onEvent({ type: "end", result });
  return result;
}

function isAbort(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "AbortError";
}
