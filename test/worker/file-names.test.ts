import { expect, test } from "vitest";
import { safeName, uniqueName } from "#worker/file-names.js";

test.each([
  ["photo.jpg", "photo.jpg"],
  ["Zażółć gęślą jaźń.png", "Zażółć gęślą jaźń.png"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\me\\cat.gif", "cat.gif"],
  ["/", "picture"],
  ["..", "picture"],
  ["...", "picture"],
  ["", "picture"],
  [".hidden.png", "hidden.png"],
  ["a\u0000b\n.png", "a_b_.png"],
  ["gnp.\u202eexe.png", "gnp._exe.png"],
  ['a<b>:"c|?*.png', "a_b___c___.png"],
  ["con.png", "_con.png"],
  ["LPT1", "_LPT1"],
  ["console.png", "console.png"],
  ["trailing. . ", "trailing"],
  ["half \ud800 pair.png", "half \ufffd pair.png"],
  ["e\u0301.png", "é.png"],
])("%j becomes %j", (name, expected) => {
  expect(safeName(name)).toBe(expected);
});

test("shortens a long name, never within a character, and keeps its extension", () => {
  const short = safeName(`${"🖼️é".repeat(200)}.jpeg`);
  expect(Buffer.byteLength(short)).toBeLessThanOrEqual(205);
  expect(short).toMatch(/^(🖼️é)+(🖼️)?\.jpeg$/u);
  expect(Buffer.byteLength(safeName(`a.${"b".repeat(300)}`))).toBeLessThan(30);
});

test("numbers a name that is taken, whatever its case", () => {
  const taken = new Set<string>();
  expect(["a.png", "A.PNG", "a.png", "b"].map((name) => uniqueName(name, taken))).toEqual([
    "a.png",
    "A-2.PNG",
    "a-3.png",
    "b",
  ]);
});
