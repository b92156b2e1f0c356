import { expect, test } from "vitest";
import { murmur2 } from "#kernel/debugger/murmur2.js";

// What ipykernel 7.4, which front ends know, gives for the same texts and seed.
test.each([
  ["", 275646681],
  ["a", 2731586172],
  ["ab", 316155434],
  ["abc", 479470107],
  ["abcd", 2971317748],
  ["const x = 1;\nx", 3301183203],
  ["żółć 😀 x", 3654397163],
])("the hash of %j", (text, hash) => {
  expect(murmur2(text, 0x9747b28c)).toBe(hash);
});
