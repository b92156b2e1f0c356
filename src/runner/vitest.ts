// The assertions, and the titles, are the runner's own.
// oxlint-disable vitest/expect-expect vitest/valid-title vitest/require-top-level-describe vitest/valid-describe-callback
import { afterAll, beforeAll, describe, test } from "vitest";
import { makeTests, type NotebookTestOptions } from "./make-tests.js";

export type { NotebookTestOptions } from "./make-tests.js";

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
  const framework = {
    beforeAll: (work: () => void) => beforeAll(work),
    afterAll: (work: () => Promise<void>) => afterAll(work, 30_000),
    describe: (title: string, work: () => void) => void describe(title, work),
    test: (
      title: string,
      timeout: number,
      work: (skip: (reason: string) => void) => Promise<void>,
    ) => test(title, { timeout }, async ({ skip }) => work(skip)),
  };
  await makeTests(framework, names, options);
}
