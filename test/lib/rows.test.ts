import { expect, test } from "vitest";
import { entryRows, scoreBars, scoreRows } from "#lib/index.js";

test("scores become numbers, in the order of the reply, the infinite ones as well", () => {
  const reply = ["b", "2.5", "a", "-1e3", "first", "-inf", "last", "inf"];
  expect(scoreRows(reply)).toEqual([
    { member: "b", score: 2.5 },
    { member: "a", score: -1000 },
    { member: "first", score: -Infinity },
    { member: "last", score: Infinity },
  ]);
  expect(Object.entries(scoreBars(["b", "2", "a", "1"]))).toEqual([
    ["b", 2],
    ["a", 1],
  ]);
  expect(scoreRows([])).toEqual([]);
});

test.each([[["a", "b"]], [["a", "1", "b"]], [["a", ""]]])("%j has no scores", (reply) => {
  expect(() => scoreRows(reply)).toThrow(/is no score.*WITHSCORES/);
});

test("an entry becomes a row, with its own fields", () => {
  expect(
    entryRows([
      ["1-0", ["a", "x", "b", ""]],
      ["2-0", ["c", "ż"]],
    ]),
  ).toEqual([
    { id: "1-0", a: "x", b: "" },
    { id: "2-0", c: "ż" },
  ]);
});
