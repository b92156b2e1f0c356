import { after, before, describe, test } from "node:test";
import { makeTests, type NotebookTestOptions } from "./make-tests.js";

export type { NotebookTestOptions } from "./make-tests.js";

/**
 * Makes tests of notebooks for Node's own test runner: one for each code cell, and one for the kernel's
 * start and end. To be awaited at the top of a test file:
 *
 *     import { notebookTests } from "notebook-runner/node-test";
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
    beforeAll: (work: () => void) => before(work),
    afterAll: (work: () => Promise<void>) => after(work, { timeout: 30_000 }),
    describe: (title: string, work: () => void) => void describe(title, work),
    test: (
      title: string,
      timeout: number,
      work: (skip: (reason: string) => void) => Promise<void>,
    ) => void test(title, { timeout }, async (context) => work((reason) => context.skip(reason))),
  };
  await makeTests(framework, names, options);
}
