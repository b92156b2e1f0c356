import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UsageError } from "#runner/errors.js";
import { runNotebooks } from "#runner/run-notebooks.js";
import { root } from "../root.js";
import { writeFixture } from "./fixtures.js";

// The runner as a function, and as tests of Node's own test runner.
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "api żółw "));
  const own = { kernelspec: { name: "typescript", language: "typescript" } };
  const cells = [
    { source: "const n = 6;" },
    { source: "n * 7", stored: "41\n" },
    { source: "never", tags: ["skip"] },
  ];
  await writeFixture(folder, "bad.ipynb", cells, own);
  await writeFixture(folder, "good.ipynb", [{ source: "1 + 1", stored: "2\n" }], own);
});
afterAll(() => rm(folder, { recursive: true }));

test("runNotebooks gives results in order, and tells each step", async () => {
  const events: string[] = [];
  const results = await runNotebooks({
    notebooks: ".",
    folder,
    onEvent: (event) => void events.push(event.type),
  });
  expect(results.map(({ failures }) => failures.map(({ verdict }) => verdict))).toEqual([
    ["output-mismatch"],
    [],
  ]);
  expect([events[0], events.at(-1)]).toEqual(["run-start", "run-end"]);
  expect(events.filter((type) => type === "cell-end")).toHaveLength(3);
  await expect(runNotebooks({ notebooks: "nothing", folder })).rejects.toThrow(UsageError);
});

test("a cell that changes from round to round is called flaky", async () => {
  const file = await writeFixture(
    folder,
    "flaky.ipynb",
    [{ source: "(globalThis as any).n = ((globalThis as any).n ?? 0) + 1", stored: "1\n" }],
    { kernelspec: { name: "typescript", language: "typescript" } },
  );
  const [result] = await runNotebooks({ notebooks: file, folder, rounds: 2 });
  expect(result?.failures).toMatchObject([{ verdict: "output-mismatch", isFlaky: true, round: 2 }]);
});

test("notebookTests makes a test of Node's for each cell", async () => {
  const module = pathToFileURL(join(root, "src/runner/dist/node-test.js")).href;
  const file = join(folder, "notebooks.test.mjs");
  await writeFile(
    file,
    `import { notebookTests } from ${JSON.stringify(module)};\nawait notebookTests(["bad.ipynb", "good.ipynb"]);\n`,
  );
  const { stdout, status } = spawnSync(
    process.execPath,
    ["--test", "--test-reporter=tap", "notebooks.test.mjs"],
    // Within a test of Node's, another reports to it instead of here.
    { cwd: folder, encoding: "utf8", env: { ...process.env, NODE_TEST_CONTEXT: undefined } },
  );
  expect(status).toBe(1);
  expect(stdout).toMatch(/^ *ok \d+ - code cell 1: const n = 6;/m);
  expect(stdout).toMatch(/^ *not ok \d+ - code cell 2: n \* 7/m);
  expect(stdout).toMatch(/^ *ok \d+ - code cell 3: never # SKIP skipped/m);
  expect(stdout).toMatch(/-41\n *\+42/);
});
