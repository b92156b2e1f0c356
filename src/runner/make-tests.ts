import { readNotebook, type Notebook } from "./read/notebook.js";
import { selectFiles, shortPath } from "./read/select-files.js";
import { describeFailure } from "./report/describe-failure.js";
import { runAll, type RunOptions, type RunResult } from "./run/run-all.js";
import { withDefaults } from "./run-notebooks.js";

export interface NotebookTestOptions extends Partial<
  Pick<
    RunOptions,
    | "allowErrors"
    | "allowLeaks"
    | "cellTimeoutSeconds"
    | "closeness"
    | "compare"
    | "env"
    | "goOn"
    | "jobs"
    | "notebookTimeoutSeconds"
    | "openSlot"
    | "rounds"
    | "startupTimeoutSeconds"
  >
> {
  /** What names are relative to. Default: the current folder. */
  readonly folder?: string;
  /** An installed Jupyter kernel. Default: the notebook's own, or one for its language. */
  readonly kernel?: string;
}

/** What a test runner offers, in the words of this runner. */
export interface TestFramework {
  readonly beforeAll: (work: () => void) => void;
  readonly afterAll: (work: () => Promise<void>) => void;
  readonly describe: (title: string, work: () => void) => void;
  readonly test: (
    title: string,
    timeout: number,
    work: (skip: (reason: string) => void) => Promise<void>,
  ) => void;
}

/**
 * Makes a test of a test runner for each code cell of notebooks, and one for each kernel's start and end.
 *
 * @throws {UsageError} when the names lead to nothing, or to what is no notebook
 */
export async function makeTests(
  { beforeAll, afterAll, describe, test }: TestFramework,
  names: string | readonly string[],
  options: NotebookTestOptions,
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
      ...withDefaults(options, folder),
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
  });
  for (const notebook of notebooks) {
    const title: string = shortPath(notebook.file, folder);
    describe(title, () => {
      const resultOf = async () => {
        const result = await results.get(notebook);
        if (result === undefined) await run;
        return result;
      };
      testsOf(test, notebook, resultOf);
    });
  }
}

function testsOf(
  test: TestFramework["test"],
  notebook: Notebook,
  resultOf: () => Promise<RunResult | undefined>,
): void {
  // All notebooks before this one may have to run first; the runner has limits of its own.
  const timeout = 2 ** 30;
  for (const [position, { index, source }] of notebook.cells.entries()) {
    const [line = ""] = source.trim().split("\n");
    test(`code cell ${position + 1}: ${line}`, timeout, async (skip) => {
      const result = await resultOf();
      failWith(result, index);
      const status = result?.cells[position]?.status;
      if (status === "skipped" || status === "not-run") skip(status);
    });
  }
  test("the kernel starts and ends", timeout, async () => failWith(await resultOf(), undefined));
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
