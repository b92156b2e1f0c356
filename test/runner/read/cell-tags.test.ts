import { describe, expect, test } from "vitest";
import { expectedError, isSkipped, patienceFor } from "#runner/read/cell-tags.js";
import { judgeCell } from "#runner/judge/judge.js";
import { OutputFold } from "#runner/run/fold-outputs.js";
import type { CodeCell } from "#runner/read/notebook.js";

const cell = (tags: string[], raises?: string): CodeCell => ({
  index: 0,
  source: "x",
  tags,
  outputs: [],
  isUnrun: false,
  masks: [],
  peerMarks: [],
  mocks: {},
  afterwards: "",
  ...(raises === undefined ? {} : { raises }),
});

describe("the error that a cell must end with", () => {
  test.each<[string[], string | undefined, string | undefined]>([
    [["volatile"], undefined, undefined],
    [["raises-exception"], undefined, ""],
    [["raises-exception: no such key"], undefined, "no such key"],
    [["raises-exception"], "in metadata", "in metadata"],
    [[], "in metadata", "in metadata"],
    [["raises-exceptions"], undefined, undefined],
  ])("tags %j and metadata %j give %j", (tags, raises, expected) => {
    expect(expectedError(cell(tags, raises))).toBe(expected);
  });
});

test("skip and slow are read", () => {
  expect([isSkipped(cell(["skip"])), isSkipped(cell(["skip-execution"]))]).toEqual([true, true]);
  expect([isSkipped(cell(["slow"])), patienceFor(cell(["slow"])), patienceFor(cell([]))]).toEqual([
    false,
    10,
    1,
  ]);
});

describe("an error is judged by what the cell must say", () => {
  const judge = (tag: string, stderr = "", reply = {}) => {
    const fold = new OutputFold();
    fold.apply({ header: { msg_type: "stream" }, content: { name: "stderr", text: stderr } });
    const limits = { cellTimeoutSeconds: 1, notebookTimeoutSeconds: 1 };
    const run = { end: { kind: "error", ...reply } as const, fold, hasBegun: true };
    return judgeCell(cell([tag]), run, limits, false);
  };

  test("its name and message may come with the reply or as text", () => {
    const reply = { name: "ReplyError", value: "ERR no" };
    expect(judge("raises-exception: ReplyError: ERR", "", reply)).toBeUndefined();
    expect(judge("raises-exception: ERR no", "ReplyError: ERR no\n    at x")).toBeUndefined();
  });

  test("another one is told with both", () => {
    expect(judge("raises-exception: WRONGTYPE", "ReplyError: ERR no\n    at x")).toMatchObject({
      verdict: "expected-error-missing",
      message: 'The cell must fail with "WRONGTYPE", but it failed with "ReplyError: ERR no".',
    });
  });
});
