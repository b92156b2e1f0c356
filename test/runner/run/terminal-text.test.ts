import * as fc from "fast-check";
import { expect, test } from "vitest";
import { asShown } from "#runner/run/terminal-text.js";

test.each([
  ["plain\n", "plain\n"],
  ["10 %\r20 %\r100 %\n", "100 %\n"],
  ["longer\rshort\n", "shortr\n"],
  ["abc\b\bX\n", "aXc\n"],
  ["\b\bx", "x"],
  ["a\r\nb\r\n", "a\nb\n"],
  ["żółw🐢!\rx\n", "xółw🐢!\n"],
  ["waiting\r", "waiting\r"],
])("%j is shown as %j", (text, shown) => {
  expect(asShown(text)).toBe(shown);
});

const moves = fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r", "\b", "🐢") });

test("what is shown does not change when it is shown again", () => {
  fc.assert(
    fc.property(moves, (text) => {
      expect(asShown(asShown(text))).toBe(asShown(text));
    }),
  );
});

test("each line is as long as the longest that stood in it, whatever moved", () => {
  fc.assert(
    fc.property(moves, (text) => {
      const shown = asShown(`${text}\n`).split("\n");
      expect(shown).toHaveLength(`${text}\n`.split("\n").length);
      expect(shown.join("")).not.toMatch(/[\r\b]/);
    }),
  );
});

test("50,000 steps of a progress bar take no more than their length", () => {
  const bar = Array.from({ length: 50_000 }, (_, i) => `\r${i} of 50000`).join("");
  expect(asShown(`${bar}\n`)).toBe("49999 of 50000\n");
});
