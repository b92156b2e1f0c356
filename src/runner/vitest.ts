// The assertions are the runner's own.
// oxlint-disable vitest/expect-expect
import { afterAll, beforeAll, describe, test } from "vitest";
import { LocalKernel } from "./run/kernel/local-kernel.js";
import { kernelFinder } from "./run/find-kernel.js";
import { readNotebook, type Notebook } from "./read/notebook.js";
import { defaultJobs } from "./cli/options.js";
import { describeFailure } from "./report/describe-failure.js";
import { runAll, type RunOptions, type RunResult } from "./run/run-all.js";
import { selectFiles, shortPath } from "./read/select-files.js";

export interface NotebookTestOptions extends Partial<
  Pick<
    RunOptions,
    | "cellTimeoutSeconds"
    | "env"
    | "jobs"
    | "notebookTimeoutSeconds"
    | "openSlot"
    | "rounds"
    | "startupTimeoutSeconds"
  >
> {
  /** What names are relative to. Default: the current folder. */
  readonly folder?: string;
  /** An installed Jupyter kernel. Default: the notebook's own, or tslab. */
  readonly kernel?: string;
}

/**
 * Makes tests of notebooks for vitest: one for each code cell, and one for the kernel's start and
 * end. To be awaited at the top of a test file:
 *
 *     import { notebookTests } from "notebook-runner/vitest";
 *
 *     await notebookTests("notebooks");
 *
 * @param names files, folders or globs
 * @throws {UsageError} when they lead to nothing, or to what is no notebook
 */
export async function notebookTests(
  names: string | readonly string[],
  options: NotebookTestOptions = {},
): Promise<void> {
  const { folder = process.cwd() } = options;
  const files = await selectFiles([names].flat(), [folder]);
  const notebooks = await Promise.all(files.map(readNotebook));
  const results = new Map<Notebook, Promise<RunResult | undefined>>();
  const ended = new AbortController();
  let run: Promise<unknown> = Promise.resolve();
  beforeAll(() => {
    const done = new Map<Notebook, (result: RunResult | undefined) => void>();
    for (const notebook of notebooks) {
      results.set(notebook, new Promise((resolve) => done.set(notebook, resolve)));
    }
    run = runAll(notebooks, {
      ...runOptions(options, folder),
      signal: ended.signal,
      onEvent: (event) => {
        if (event.type === "end") done.get(event.result.notebook)?.(event.result);
      },
    }).finally(() => {
      for (const resolve of done.values()) resolve(undefined);
    });
    // The tests tell of it, each for its notebook.
    run.catch(() => {});
  });
  afterAll(async () => {
    ended.abort();
    await run;
  }, 30_000);
  for (const notebook of notebooks) {
    const title: string = shortPath(notebook.file, folder);
    // oxlint-disable-next-line vitest/valid-title
    describe(title, () => {
      const resultOf = async () => {
        const result = await results.get(notebook);
        if (result === undefined) await run;
        return result;
      };
      testsOf(notebook, resultOf);
    });
  }
}

function testsOf(notebook: Notebook, resultOf: () => Promise<RunResult | undefined>): void {
  // All notebooks before this one may have to run first; the runner has limits of its own.
  const timeout = 2 ** 30;
  for (const [position, { index, source }] of notebook.cells.entries()) {
    const [line = ""] = source.trim().split("\n");
    test(`code cell ${position + 1}: ${line}`, { timeout }, async ({ skip }) => {
      const result = await resultOf();
      failWith(result, index);
      const status = result?.cells[position]?.status;
      if (status === "skipped" || status === "not-run") skip(status);
    });
  }
  test("the kernel starts and ends", { timeout }, async () =>
    failWith(await resultOf(), undefined),
  );
}

function failWith(result: RunResult | undefined, index: number | undefined): void {
  if (result === undefined) throw new Error("The notebook did not run to its end.");
  const failures = result.failures.filter(({ cellIndex }) => cellIndex === index);
  if (failures.length === 0) return;
  const error = new Error(failures.map((failure) => describeFailure(result, failure)).join(""));
  // Where this code stands helps nobody.
  error.stack = error.message;
  throw error;
}

function runOptions(options: NotebookTestOptions, folder: string) {
  const find = kernelFinder(options.kernel, folder);
  const standard: Omit<RunOptions, "signal" | "onEvent"> = {
    startKernel: async (notebook, kernelOptions) =>
      LocalKernel.start(await find(notebook), kernelOptions),
    env: process.env,
    jobs: defaultJobs(),
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 30,
    notebookTimeoutSeconds: 300,
    openSlot: async () => ({ env: {}, stop: async () => {} }),
  };
  return { ...standard, ...options };
}
