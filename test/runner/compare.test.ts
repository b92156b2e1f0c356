import { expect, test } from "vitest";
import { compareOutputs } from "../../src/runner/compare.js";
import { BUILT_IN_MASKS } from "../../src/runner/masks.js";
import type { Output } from "../../src/runner/output.js";

const out = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const compare = (expected: Output[], actual: Output[]) =>
  compareOutputs(expected, actual, BUILT_IN_MASKS);

test("a text in one piece equals the same text in two", () => {
  expect(compare([out("a\nb\n")], [out("a\n"), out("b\n")])).toBeUndefined();
});

test("masked parts may differ, all else may not", () => {
  expect(compare([out("in 3 ms\n")], [out("in 412.7 ms\n")])).toBeUndefined();
  const diff = compare([out("one\ntwo\n")], [out("one\n2\n")]);
  expect(diff).toContain("-two");
  expect(diff).toContain("+2");
});

test("a missing line end, another stream, a missing or added output each count", () => {
  expect(compare([out("a\n")], [out("a")])).toBeDefined();
  expect(
    compare([out("a\n")], [{ output_type: "stream", name: "stderr", text: "a\n" }]),
  ).toBeDefined();
  expect(compare([out("a\n")], [])).toBeDefined();
  expect(compare([], [out("a\n")])).toBeDefined();
});

test("JSON is compared by value, pictures without the line ends of base64", () => {
  expect(
    compare(
      [shown({ "application/json": { a: 1, b: [2] } })],
      [shown({ "application/json": { b: [2], a: 1 } })],
    ),
  ).toBeUndefined();
  expect(
    compare([shown({ "image/png": "QUJD\nREVG\n" })], [shown({ "image/png": "QUJDREVG" })]),
  ).toBeUndefined();
  expect(compare([shown({ "image/png": "AAAA" })], [shown({ "image/png": "AAAB" })])).toBeDefined();
});

test("an error counts with name, value and traceback, but not with its colours", () => {
  const error = (traceback: string): Output => ({
    output_type: "error",
    ename: "E",
    evalue: "v",
    traceback: [traceback],
  });
  expect(compare([error("line 1")], [error("\u001b[31mline\u001b[0m 1")])).toBeUndefined();
  expect(compare([error("line 1")], [error("line 2")])).toBeDefined();
});
