import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UsageError } from "#runner/errors.js";
import { keepResults } from "#runner/keep/keep-results.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { htmlReport } from "#runner/report/html/page.js";
import { githubReport } from "#runner/report/github.js";
import { jsonlReport } from "#runner/report/jsonl.js";
import { junitXml } from "#runner/report/junit.js";
import { lineInFile } from "#runner/report/line-in-file.js";
import { markdownSummary } from "#runner/report/markdown.js";
import { terminalReport } from "#runner/report/terminal.js";
import { reportTo } from "#runner/report/write-report.js";
import type { RunEvent, RunResult } from "#runner/run/run-events.js";

const TEXT = `{
 "cells": [
  { "cell_type": "markdown", "source": ["a \\"]", "b"] },
  {
   "cell_type": "code",
   "outputs": [],
   "metadata": {},
   "source": [
    "one\\n",
    "two\\n",
    "three"
   ]
  },
  { "cell_type": "code", "metadata": {}, "outputs": [],
    "source": "x\\ny" },
  { "cell_type": "code", "metadata": {}, "outputs": [], "source": ["never"] }
 ],
 "nbformat": 4,
 "nbformat_minor": 5
}`;

const notebook = parseNotebook(join(process.cwd(), "a, b.ipynb"), TEXT);
const [first, second, third] = notebook.cells as [never, never, never];
const out = (text: string) => [{ output_type: "stream", name: "stdout", text } as const];
const result: RunResult = {
  notebook,
  milliseconds: 2500,
  startMilliseconds: 1000,
  written: false,
  kernelLog: "the log",
  outputs: [],
  cells: [
    { cell: first, status: "passed", milliseconds: 1234.5, outputs: out("fine\n") },
    { cell: second, status: "failed", milliseconds: 10, outputs: out("<&>\u0007\n") },
    { cell: third, status: "not-run", milliseconds: 0, outputs: [] },
  ],
  failures: [
    {
      verdict: "cell-error",
      cellIndex: 2,
      line: 1,
      message: 'Error: "a|b" 100 %',
      detail: "Error: <b>\n    at ```x```\n",
    },
    { verdict: "leaked-handle", message: "Still open." },
  ],
};
const END: RunEvent = { type: "run-end", results: [result], milliseconds: 3000, left: 1 };

test.each([
  [0, 1, 3],
  [1, 1, 9],
  [1, 3, 11],
  [2, 1, 15],
  [2, 2, 15],
  [3, 1, 16],
  [9, 1, 1],
])("line %2$i of cell %1$i is found in the file", (cell, line, expected) => {
  expect(lineInFile(TEXT, cell, line)).toBe(expected);
});

test("GitHub gets file and line, with what its syntax uses written out", async () => {
  const written: string[] = [];
  await githubReport((text) => written.push(text))({ type: "end", result });
  expect(written).toEqual([
    '::error file=a%2C b.ipynb,line=15,title=cell error%2C cell 3 (code cell 2 of 3)::Error: "a|b" 100 %25%0AError: <b>%0A    at ```x```\n',
    "::error file=a%2C b.ipynb,line=1,title=leaked handle::Still open.\n",
  ]);
});

test("a failure with a long text is told in short, in every report that a person reads", async () => {
  const [failure] = result.failures;
  const long = { ...result, failures: [{ ...failure!, detail: "x".repeat(2_000_000) }] };
  let github = "";
  await githubReport((text) => (github += text))({ type: "end", result: long });
  expect(github.length).toBeLessThan(25_000);
  expect(markdownSummary([long], 1, 0).length).toBeLessThan(5000);
  const many = Array.from({ length: 2000 }, () => ({
    ...failure!,
    detail: "line of a text\n".repeat(60),
  }));
  expect(markdownSummary([{ ...result, failures: many }], 1, 0).length).toBeLessThan(1_000_000);
});

test("HTML stands odd notebooks, and texts that are huge or that HTML forbids", () => {
  const cells = [
    { cell_type: "markdown", source: null },
    { cell_type: "markdown", source: "[a link](//[) [another](%E0%A4%A) \u0000 \ud800" },
    { cell_type: "code", metadata: {}, outputs: [], source: "1" },
  ];
  const odd = parseNotebook("odd.ipynb", JSON.stringify({ cells, nbformat: 4 }));
  const [cell] = odd.cells as [never];
  const detail = `-${"\u0000".repeat(2_000_000)}`;
  const html = htmlReport({
    type: "run-end",
    results: [
      {
        ...result,
        notebook: odd,
        cells: [{ cell, status: "failed", milliseconds: 1, outputs: out("\u0000\b\ud800") }],
        failures: [{ verdict: "output-mismatch", cellIndex: 2, message: "differs", detail }],
      },
    ],
    milliseconds: 1,
    left: 0,
  });
  // oxlint-disable-next-line no-control-regex
  expect(html).not.toMatch(/[\u0000-\u0008]|\p{Surrogate}/u);
  expect(html.length).toBeLessThan(100_000);
});

test("JUnit has a case for each cell and one for the kernel, and holds no character XML forbids", () => {
  const xml = junitXml([result], 3000);
  expect(xml).toContain(
    '<testsuites name="notebooks" tests="4" failures="2" skipped="1" time="3.000">',
  );
  expect(xml).toContain('name="code cell 1: one" file="a, b.ipynb" time="1.234"/>');
  expect(xml).toContain(
    '<failure type="cell-error" message="cell error: Error: &quot;a|b&quot; 100 %">',
  );
  expect(xml).toContain('<skipped message="an earlier cell failed"/>');
  expect(xml).toContain('<failure type="leaked-handle"');
  const [failure] = result.failures as [RunResult["failures"][number]];
  const odd = { ...result, failures: [{ ...failure, detail: "\u0000\u001b[31m \ud800 🐢" }] };
  expect(junitXml([odd], 1)).toContain("\ufffd\ufffd[31m \ufffd 🐢</failure>");
});

test("Markdown has a table, and each failure with its text in a fence that holds", () => {
  const text = markdownSummary([result], 3000, 1);
  expect(text).toContain("## Notebooks: 0 passed, 1 failed, 1 not run");
  expect(text).toContain("| ❌ cell error, leaked handle | a, b.ipynb | 3 | 2.5 s |");
  expect(text).toContain('Error: "a\\|b" 100 %\n\n````text\nError: <b>\n    at ```x```\n````');
});

describe("on a terminal", () => {
  async function shown(isTerminal: boolean, events: readonly RunEvent[]): Promise<string> {
    let text = "";
    const report = terminalReport({ write: (more) => (text += more), isTerminal, columns: 60 });
    for (const event of events) await report(event);
    return text;
  }
  const position = { round: 1, cell: 2, cells: 3 };
  const events: RunEvent[] = [
    { type: "run-start", notebooks: [notebook, notebook] },
    { type: "start", notebook },
    { type: "cell", notebook, ...position },
    { type: "cell-end", notebook, ...position, milliseconds: 1500, end: "error" },
    { type: "end", result },
    END,
  ];

  test("there is a line for each notebook, its failures, the slowest cells and the sum", async () => {
    const text = await shown(false, events);
    expect(text).toContain("[1/2] FAIL a, b.ipynb  3 cells, 2.5 s: cell error, leaked handle\n");
    expect(text).toContain("slowest cells:\n  1.5 s  a, b.ipynb, code cell 2\n");
    expect(text).toContain("0 of 2 notebooks passed, 1 failed, 1 not run, in 3.0 s\n");
    expect(text).toContain("> 1 | x");
    expect(text).not.toContain("\r");
  });

  test("a line that is overwritten tells the current cell and how long it runs", async () => {
    const text = await shown(true, events);
    expect(text).toContain("[0/2] a, b.ipynb starting 0.0 s");
    expect(text).toContain("[0/2] a, b.ipynb cell 2/3 0.0 s");
  });
});

describe("files", () => {
  test("JSON lines hold each event, and cells with their times", async () => {
    const folder = await mkdtemp(join(tmpdir(), "jsonl-"));
    const file = join(folder, "new", "events.jsonl");
    const report = jsonlReport(file);
    for (const event of [
      { type: "run-start", notebooks: [notebook] },
      { type: "end", result },
      END,
    ] as const) {
      await report(event);
    }
    const lines = (await readFile(file, "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: "run-start", notebooks: ["a, b.ipynb"] },
      {
        event: "end",
        passed: false,
        failures: [{ verdict: "cell-error", fileLine: 15 }, { verdict: "leaked-handle" }],
        cells: [{ cellIndex: 1, status: "passed", milliseconds: 1235 }, {}, {}],
      },
      { event: "run-end", passed: 0, failed: 1, left: 1 },
    ]);
    await rm(folder, { recursive: true });
  });

  test("that cannot be written are refused before anything runs", async () => {
    const start: RunEvent = { type: "run-start", notebooks: [] };
    await expect(reportTo(process.cwd(), () => "")(start)).rejects.toThrow(UsageError);
    await expect(reportTo("/dev/null/x", () => "")(start)).rejects.toThrow(
      /no report can be written/,
    );
  });

  test("the executed notebook and the kernel's log of a failure are kept, and go when it passes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kept-"));
    const options = { outputDir: undefined, failedDir: folder, roots: [process.cwd()] as [string] };
    const keep = keepResults(options, console.error);
    await keep({ type: "end", result });
    const kept = JSON.parse(await readFile(join(folder, "a, b.ipynb"), "utf8")) as {
      cells: { source: string; outputs?: { text: string[] }[] }[];
    };
    const sources = kept.cells.map(({ source }) => [source].flat().join("").split("\n")[0]);
    expect(sources).toEqual([
      "**leaked handle** (`leaked-handle`)",
      'a "]b',
      "one",
      "**cell error** (`cell-error`)",
      "x",
      "never",
    ]);
    expect(kept.cells[2]?.outputs?.[0]?.text).toEqual(["fine\n"]);
    expect(await readFile(join(folder, "a, b.log"), "utf8")).toBe("the log");
    await keep({ type: "end", result: { ...result, failures: [] } });
    await expect(readFile(join(folder, "a, b.ipynb"))).rejects.toThrow(/ENOENT/);
    await rm(folder, { recursive: true });
  });
});
