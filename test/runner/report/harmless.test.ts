import { assert, constantFrom, array, property } from "fast-check";
import { expect, test } from "vitest";
import { parseNotebook } from "#runner/read/notebook.js";
import { describeFailure } from "#runner/report/describe-failure.js";
import { githubReport } from "#runner/report/github.js";
import { harmless, harmlessLine } from "#runner/report/harmless.js";
import { markdownSummary } from "#runner/report/markdown.js";
import { terminalReport } from "#runner/report/terminal.js";
import type { RunResult } from "#runner/run/run-events.js";
import { notebookText } from "../fixtures.js";

// Nothing that a notebook can say does more than to be read.

/** Whether a line would be obeyed: by a terminal, GitHub or another CI server. */
function isObeyed(line: string): boolean {
  // oxlint-disable-next-line no-control-regex
  const bare = line.replace(/\u001b\[[\d;]*m/g, "");
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(bare)) return true;
  return /^\s*::/.test(bare) || /^\s*::/.test(line) || /##\w*\[/.test(bare);
}
const obeyed = (text: string) => text.split("\n").filter(isObeyed);

test.each([
  ["\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m"],
  ["\u001b]0;title\u0007", "␛]0;title␇"],
  ["a\u001b[2Jb\u009bc", "a␛[2Jb\ufffdc"],
  ["::error::x\n  ::stop-commands::y", ":\u200b:error::x\n  :\u200b:stop-commands::y"],
  ["a ##[error]b ##vso[task.x]", "a #\u200b#[error]b #\u200b#vso[task.x]"],
  ["std::vector a::b ## Title", "std::vector a::b ## Title"],
  ["\u202Eevil", "\ufffdevil"],
  ["a\tb\r\nc\rd", "a\tb\nc␍d"],
])("%j is printed as %j", (text, shown) => {
  expect(harmless(text)).toBe(shown);
});

test("a line stays a line", () => {
  expect(harmlessLine("a\n::error::\u001b[31mb\tc")).toBe("a␊::error::b␉c");
});

test("no text at all is obeyed", () => {
  const pieces = array(
    constantFrom(
      "::",
      ":",
      "##",
      "#",
      "[",
      "error",
      " ",
      "\n",
      "\r",
      "\u001b",
      "[31m",
      "[2J",
      "\u0085",
      "\u00a0",
    ),
    { maxLength: 12 },
  );
  assert(
    property(pieces, (parts) => obeyed(harmless(parts.join(""))).length === 0),
    { numRuns: 20_000 },
  );
});

const EVIL = "\u001b]0;x\u0007\n::error file=x::y\n##[command]z\n| a | b |\n\u001b[2K\r";

test("a notebook of evil names, errors and outputs is shown, and breaks no report", async () => {
  const name = `${process.cwd()}/a\n::error::b\n| c |.ipynb`;
  const notebook = parseNotebook(name, notebookText([{ source: `x\n${EVIL}` }]));
  const [cell] = notebook.cells as [never];
  const failure = {
    verdict: "cell-error",
    cellIndex: 0,
    message: `Error: ${EVIL}`,
    detail: EVIL,
  } as const;
  const result: RunResult = {
    notebook,
    milliseconds: 2000,
    startMilliseconds: 1,
    written: false,
    kernelLog: EVIL,
    outputs: [],
    cells: [{ cell, status: "failed", milliseconds: 1500, outputs: [] }],
    failures: [failure, { verdict: "kernel-died", message: EVIL }],
  };
  let shown = "";
  const report = terminalReport({
    write: (text) => (shown += text),
    isTerminal: false,
    columns: 80,
  });
  await report({ type: "run-start", notebooks: [notebook] });
  await report({
    type: "cell-end",
    notebook,
    round: 1,
    cell: 1,
    cells: 1,
    milliseconds: 1500,
    end: "error",
  });
  await report({ type: "end", result });
  await report({ type: "run-end", results: [result], milliseconds: 1, left: 0 });
  expect(shown).toContain("command");
  expect(obeyed(shown)).toEqual([]);
  expect(obeyed(describeFailure(result, failure))).toEqual([]);
  const summary = markdownSummary([result], 1, 0);
  expect(summary.split("\n").filter((line) => line.startsWith("| ❌"))).toHaveLength(1);
  expect(obeyed(summary)).toEqual([]);
  let annotations = "";
  await githubReport((text) => (annotations += text))({ type: "end", result });
  const lines = annotations.trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines.every((line) => line.startsWith("::error file=a"))).toBe(true);
});
