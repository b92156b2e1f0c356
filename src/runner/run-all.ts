import type { Notebook } from "./notebook.js";
import { runNotebook, type NotebookOptions, type NotebookRun } from "./run-notebook.js";
import { updatedText, writeNotebook } from "./update-notebook.js";

/** What one parallel slot gives its notebooks, such as a Redis of its own. */
export interface Slot {
  readonly env: Readonly<Record<string, string>>;
  /** Called before a notebook's kernel is started. */
  readonly beforeNotebook?: (notebook: Notebook) => Promise<void>;
  /** Called when a notebook has run and its kernel is gone, before the next begins. */
  readonly afterNotebook?: (notebook: Notebook) => Promise<void>;
  stop(): Promise<void>;
}

export interface RunResult extends NotebookRun {
  readonly notebook: Notebook;
  readonly milliseconds: number;
  /** Whether `--update` wrote the file. */
  readonly written: boolean;
}

export type RunEvent =
  | { readonly type: "start"; readonly notebook: Notebook }
  | {
      readonly type: "cell";
      readonly notebook: Notebook;
      readonly round: number;
      /** Which code cell begins, from 1. */
      readonly cell: number;
      readonly cells: number;
    }
  | { readonly type: "end"; readonly result: RunResult };

export interface RunOptions extends Omit<NotebookOptions, "onCell" | "env"> {
  /** How many notebooks run at a time. */
  readonly jobs: number;
  readonly env: NodeJS.ProcessEnv;
  /** Makes ready what a slot gives; called once for each slot that is used. */
  readonly openSlot: () => Promise<Slot>;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Runs notebooks, several at a time, each in a kernel of its own.
 *
 * @returns the results in the order of `notebooks`; those that an abort left out are missing
 * @throws what `openSlot` throws
 */
export async function runAll(
  notebooks: readonly Notebook[],
  options: RunOptions,
): Promise<RunResult[]> {
  const results: RunResult[] = [];
  const waiting = [...notebooks.entries()];
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const work = async () => {
    const slot = await options.openSlot();
    try {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        const [position, notebook] = next;
        const env = { ...options.env, ...slot.env };
        await slot.beforeNotebook?.(notebook);
        results[position] = await runOne(notebook, { ...options, signal, env });
        await slot.afterNotebook?.(notebook);
      }
    } finally {
      await slot.stop();
    }
  };
  const slots = Math.min(options.jobs, notebooks.length);
  const outcomes = await Promise.allSettled(
    Array.from({ length: slots }, () =>
      work().catch((error: unknown) => {
        failed.abort();
        throw error;
      }),
    ),
  );
  if (!options.signal.aborted) {
    for (const outcome of outcomes) {
      if (outcome.status === "rejected" && !isAbort(outcome.reason)) throw outcome.reason;
    }
  }
  return results.filter((result) => result !== undefined);
}

async function runOne(notebook: Notebook, options: RunOptions): Promise<RunResult> {
  options.onEvent({ type: "start", notebook });
  const started = performance.now();
  const run = await runNotebook(notebook, {
    ...options,
    onCell: (position) => options.onEvent({ type: "cell", notebook, ...position }),
  });
  const complete = run.failures.length === 0 && !options.signal.aborted;
  const written =
    options.update && complete
      ? await writeNotebook(notebook, updatedText(notebook, run.outputs))
      : false;
  const milliseconds = performance.now() - started;
  const result: RunResult = { ...run, notebook, milliseconds, written };
  if (!options.signal.aborted) options.onEvent({ type: "end", result });
  return result;
}

function isAbort(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "AbortError";
}
