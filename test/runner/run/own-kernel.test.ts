import { expect, test } from "vitest";
import { bundledTypescript } from "#runner/run/launch.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { runNotebook } from "#runner/run/run-notebook.js";
import { notebookText } from "../fixtures.js";

// What the project's own kernel does otherwise than tslab must fail all the same.
async function verdicts(...sources: string[]): Promise<string[]> {
  const text = notebookText(sources.map((source) => ({ source })));
  const { failures } = await runNotebook(parseNotebook("own.ipynb", text), {
    launch: bundledTypescript(),
    env: process.env,
    rounds: 1,
    update: false,
    compare: false,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 30,
    notebookTimeoutSeconds: 60,
    signal: new AbortController().signal,
    onCell: () => {},
  });
  return failures.map(({ verdict, cellIndex }) => `${verdict} ${cellIndex ?? "-"}`);
}

const WAIT = "await new Promise((resolve) => setTimeout(resolve, 200));";

test("a last cell that ends the kernel, which answers first", async () => {
  expect(await verdicts("void 1;", "process.exit(3);")).toEqual(["kernel-died 1"]);
});

test("an error in a callback that comes when its cell has ended ok", async () => {
  const late = "setTimeout(() => { throw new Error('late'); }, 50);\nvoid 0;";
  expect(await verdicts(late, WAIT)).toEqual(["unhandled-exception 0"]);
});

test("a rejection that comes when its cell has ended ok", async () => {
  const late = "setTimeout(() => { void Promise.reject(new Error('late')); }, 50);\nvoid 0;";
  expect(await verdicts(late, WAIT)).toEqual(["unhandled-exception 0"]);
});
