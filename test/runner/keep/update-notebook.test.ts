import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseNotebook } from "../../../src/runner/read/notebook.js";
import type { Output } from "../../../src/runner/read/output.js";
import { updatedText, writeNotebook } from "../../../src/runner/keep/update-notebook.js";

const out = (text: string): Output => ({ output_type: "stream", name: "stdout", text });

function notebookText(text: string[], count: number | null = null, metadata: object = {}) {
  const outputs = [{ name: "stdout", output_type: "stream", text }];
  const cell = {
    cell_type: "code",
    execution_count: count,
    id: "abc",
    metadata,
    outputs,
    source: ["a\n", "b"],
  };
  const json = { cells: [cell], metadata: { z: 1, a: "zażółć" }, nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(json, undefined, 1)}\n`;
}

test("new outputs are written as lists of lines, all else keeps its bytes", async () => {
  const notebook = parseNotebook("x", notebookText(["old\n"]));
  expect(await updatedText(notebook, [[out("new\nlines\n")]])).toBe(
    notebookText(["new\n", "lines\n"], 1),
  );
});

test("outputs that differ only where they may keep their bytes", async () => {
  const text = notebookText(["took 3 ms\n"], 1);
  expect(await updatedText(parseNotebook("x", text), [[out("took 4 ms\n")]])).toBe(text);
});

test("times of execution go, and so do paths of this machine", async () => {
  const notebook = parseNotebook("x", notebookText([], 7, { execution: { start: "now" } }));
  expect(await updatedText(notebook, [[out("in /srv/lab/x.js:3\n")]])).toBe(
    notebookText(["in <path>:3\n"], 1),
  );
});

test("a file is written beside and renamed, and not at all when nothing changed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "redis lab ż-"));
  try {
    const file = join(folder, "x.ipynb");
    const text = notebookText(["a\n"], 1);
    await writeFile(file, text, { mode: 0o640 });
    const notebook = parseNotebook(file, text);
    const before = await stat(file);
    expect(await writeNotebook(notebook, text)).toBe(false);
    expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
    expect(await writeNotebook(notebook, "{}")).toBe(true);
    expect(await readFile(file, "utf8")).toBe("{}");
    expect((await stat(file)).mode).toBe(before.mode);
    expect(await readdir(folder)).toEqual(["x.ipynb"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
