import { expect, test } from "vitest";
import { compareOutputs } from "#runner/judge/compare/compare-outputs.js";
import { BUILT_IN_MASKS, readMask } from "#runner/judge/compare/masks.js";
import type { Output } from "#runner/read/output.js";

const out = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const compare = async (expected: Output[], actual: Output[]) =>
  (await compareOutputs(expected, actual, BUILT_IN_MASKS))?.text;

test("a text in one piece equals the same text in two", async () => {
  expect(await compare([out("a\nb\n")], [out("a\n"), out("b\n")])).toBeUndefined();
});

test("masked parts may differ, all else may not", async () => {
  expect(await compare([out("in 3 ms\n")], [out("in 412.7 ms\n")])).toBeUndefined();
  const diff = await compare([out("one\ntwo\n")], [out("one\n2\n")]);
  expect(diff).toContain("-two");
  expect(diff).toContain("+2");
});

test("a missing line end, another stream, a missing or added output each count", async () => {
  expect(await compare([out("a\n")], [out("a")])).toBeDefined();
  expect(
    await compare([out("a\n")], [{ output_type: "stream", name: "stderr", text: "a\n" }]),
  ).toBeDefined();
  expect(await compare([out("a\n")], [])).toBeDefined();
  expect(await compare([], [out("a\n")])).toBeDefined();
});

test("JSON is compared by value, pictures without the line ends of base64", async () => {
  expect(
    await compare(
      [shown({ "application/json": { a: 1, b: [2] } })],
      [shown({ "application/json": { b: [2], a: 1 } })],
    ),
  ).toBeUndefined();
  expect(
    await compare([shown({ "image/png": "QUJD\nREVG\n" })], [shown({ "image/png": "QUJDREVG" })]),
  ).toBeUndefined();
  expect(
    await compare([shown({ "image/png": "AAAA" })], [shown({ "image/png": "AAAB" })]),
  ).toBeDefined();
});

test("an error counts with name and value, not with its stack", async () => {
  const error = (evalue: string, traceback: string): Output => ({
    output_type: "error",
    ename: "E",
    evalue,
    traceback: [traceback],
  });
  expect(await compare([error("v", "line 1")], [error("v", "line 2")])).toBeUndefined();
  expect(await compare([error("v", "line 1")], [error("w", "line 1")])).toContain("+E: w");
});

test("a rule that would take for ever is named, and the outputs count as different", async () => {
  const text = `${"a".repeat(40)}b\n`;
  const rule = readMask({ name: "slow", pattern: "(a+)+$" });
  const difference = await compareOutputs([out(text)], [out(`${text}!`)], [rule]);
  expect(difference?.text).toMatch(/the rule "slow" in "masks" takes longer than 2 s/);
});
