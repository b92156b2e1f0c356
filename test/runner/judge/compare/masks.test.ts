import { expect, test } from "vitest";
import {
  applyMasks,
  BUILT_IN_MASKS,
  readMask,
  VOLATILE_MASKS,
} from "#runner/judge/compare/masks.js";

const masked = (text: string) => applyMasks(text, BUILT_IN_MASKS);

test.each([
  ["/home/someone/notebooks", "<path>"],
  ["at run (/srv/my lab/zażółć/x.js:208:21)", "at run (<path>:208:21)"],
  ["file:///opt/lab/x.mjs", "<path>"],
  [String.raw`C:\Users\someone\x.ts`, "<path>"],
  ["2026-11-23T22:24:40.123Z", "<time>"],
  ["Mon Nov 23 2026 22:24:40 GMT+0000 (Coordinated Universal Time)", "<time>"],
  ["22:24:40", "<time>"],
  ["id 1700000000000-0", "id <stream-id>"],
  ["at 1700000000000", "at <time>"],
  ["took 12.5 ms, then 1.25 s", "took <duration>, then <duration>"],
])("%s is masked", (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test.each([
  "https://redis.io/docs/latest/commands/get",
  "1/2/3 and a/b/c and ../x/y",
  "redis://127.0.0.1:6379/0",
  "(integer) 24",
  "24 s",
  "klucz1: 2",
  "lab:1.2:key",
  "version 7.0.15",
  "5-1",
  String.raw`"\x00\xff\n\x00"`,
])("%s stays", (text) => {
  expect(masked(text)).toBe(text);
});

test("a volatile text keeps its shape only", () => {
  const volatile = (text: string) => applyMasks(text, [...BUILT_IN_MASKS, ...VOLATILE_MASKS]);
  expect(volatile("worker 17 did 3 jobs, -2.5 left")).toBe(
    volatile("worker 4 did 12 jobs, 8 left"),
  );
  expect(volatile("3 jobs")).not.toBe(volatile("3 tasks"));
});

test("a notebook's own rule is read, and a wrong one says what is wrong", () => {
  const rule = readMask({ name: "version", pattern: "\\d+\\.\\d+\\.\\d+" });
  expect(applyMasks("7.0.15 and 9.1.2", [rule])).toBe("<version> and <version>");
  expect(() => readMask({ name: "x" })).toThrow(/needs the texts/);
  expect(() => readMask({ name: "x", pattern: "(" })).toThrow(/rule "x"/);
  expect(() => readMask({ name: "all", pattern: ".*" })).toThrow(/empty text/);
});
