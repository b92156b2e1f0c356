import { expect, test } from "vitest";
import { parseNotebook } from "#runner/read/notebook.js";
import type { Output } from "#runner/read/output.js";
import { updatedText } from "#runner/keep/update-notebook.js";

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
  const { text } = await updatedText(notebook, [[out("new\nlines\n")]]);
  expect(text).toBe(notebookText(["new\n", "lines\n"], 1));
});

test("outputs that differ only where they may keep their bytes", async () => {
  const text = notebookText(["took 3 ms\n"], 1);
  const updated = await updatedText(parseNotebook("x", text), [[out("took 4 ms\n")]]);
  expect(updated.text).toBe(text);
});

test("what another kernel gave in another form is stored anew, though it counts as equal", async () => {
  const notebook = parseNotebook("x", notebookText(["24\n"]));
  const result: Output = {
    output_type: "execute_result",
    data: { "text/plain": "24" },
    metadata: {},
  };
  const { text } = await updatedText(notebook, [[result]]);
  expect(parseNotebook("x", text).cells[0]?.outputs).toMatchObject([result]);
  const again = await updatedText(parseNotebook("x", text), [[result]]);
  expect(again.text).toBe(text);
});

test("times of execution go, and so do paths of this machine", async () => {
  const notebook = parseNotebook("x", notebookText([], 7, { execution: { start: "now" } }));
  const { text } = await updatedText(notebook, [[out("in /srv/lab/x.js:3\n")]]);
  expect(text).toBe(notebookText(["in <path>:3\n"], 1));
});

test.each([
  [
    "numbers beyond a double's, and odd spacing",
    '{"n": 12345678901234567890.0, "f":1e400 ,"x": 1.0}',
  ],
  ["names that stand twice", '{"a": 1, "a": 2}'],
  ["escapes", String.raw`{"a\u00e9\"": "\ud800 \/"}`],
])("%s of the metadata stay as they are", async (_, metadata) => {
  const cell = (outputs: string, count: string) =>
    `{"metadata": ${metadata}, "outputs": ${outputs}, "cell_type":"code","execution_count":${count}, "source":"1"}`;
  const whole = (inside: string) =>
    `{"cells": [${inside}], "metadata": ${metadata}, "nbformat":4, "nbformat_minor":4}`;
  const notebook = parseNotebook("x", whole(cell("[ ]", "null")));
  const { text } = await updatedText(notebook, [[out("a\n")]]);
  const stored = '[{"name":"stdout","output_type":"stream","text":["a\\n"]}]';
  expect(text).toBe(whole(cell(stored, "1")));
});

test("Windows' line ends stay, and members that a cell lacks are put in", async () => {
  const text = notebookText(["old\n"]).replaceAll("\n", "\r\n");
  const updated = await updatedText(parseNotebook("x", text), [[out("new\n")]]);
  expect(updated.text).toBe(notebookText(["new\n"], 1).replaceAll("\n", "\r\n"));
  const bare = '{"cells":[{"cell_type":"code","source":"1"}],"nbformat":4}';
  const { text: whole } = await updatedText(parseNotebook("x", bare), [[out("new\n")]]);
  expect(JSON.parse(whole)).toMatchObject({
    cells: [{ cell_type: "code", execution_count: 1, outputs: [{ text: ["new\n"] }] }],
  });
});
