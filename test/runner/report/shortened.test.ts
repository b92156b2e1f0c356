import { expect, test } from "vitest";
import { nestedTooDeeply } from "#runner/read/nested-too-deeply.js";
import { firstLines, shortened } from "#runner/report/shortened.js";

test("a text is cut between characters, and says how much is left out", () => {
  expect(shortened("abc", 3)).toBe("abc");
  expect(shortened("abcd", 3)).toBe("abc… (1 characters more)");
  expect(shortened("ab😀d", 3)).toBe("ab… (3 characters more)");
});

test("lines are cut in number and in length", () => {
  expect(firstLines("a\nb", 2, 5)).toBe("a\nb");
  expect(firstLines("a\nbbbbbb\nc", 2, 5)).toBe(
    "a\nbbbbb… (1 characters more)\n... and 1 lines more",
  );
});

test.each([
  [500, false],
  [501, true],
  [100_000, true],
])("lists in lists, %i deep", (levels, expected) => {
  expect(nestedTooDeeply(JSON.parse("[".repeat(levels) + "]".repeat(levels)))).toBe(expected);
});
