import { expect, test } from "vitest";

import { formatDiagnostics } from "#kernel/checker/format-diagnostics.js";
import { FrameReader, encodeFrame } from "#kernel/checker/frames.js";
import { readUnfinished } from "#kernel/checker/read-cell.js";
import { Scope } from "#kernel/checker/scope.js";
import { writeDocument } from "#kernel/checker/write-document.js";
import { isComplete } from "#kernel/checker/is-complete.js";
import { signatures } from "#kernel/checker/signature.js";

const INCOMPLETE: Readonly<Record<string, string>> = {
  "foo(": "  ",
  "function f() {": "  ",
  "function f() {\n  a();": "  ",
  "async function f() {\n  for (const x of y) {": "    ",
  "class A {\n  m() {\n  }": "  ",
  "const o = {\n  a: [\n    1,": "    ",
  "const x =": "  ",
  "x =>": "  ",
  "a &&": "  ",
  "redis.": "  ",
  "if (x)": "  ",
  "try {\n}": "  ",
  "@decorated": "  ",
  "await foo(": "  ",
  "`${a": "  ",
  "const t = `text": "",
  "const t = `text ${a} more": "",
  "/* comment": "",
  "'goes on \\": "",
};
test.each(Object.entries(INCOMPLETE))("%j waits for another line", (code, indent) => {
  expect(isComplete(code)).toEqual({ status: "incomplete", indent });
});

test.each([
  "",
  "1",
  "const a = `x${`y${1}`}`",
  "/a(/.test(x)",
  "x / 2 / (3)",
  "return_ / 2",
  "f(/[/(]/)",
  "for await (const x of y) {}",
  "// comment (",
  "'(' + \"[\" /* { */",
  "const re = a ? /'/ : /\\//",
])("%j is complete", (code) => {
  expect(isComplete(code)).toEqual({ status: "complete" });
});

test.each([
  "foo(]",
  "a b",
  "}",
  "'open",
  "return 5",
  "const 1 = 2;",
  "function f() {\n const = 2;\n",
])("%j is invalid", (code) => {
  expect(isComplete(code)).toEqual({ status: "invalid" });
});

test("diagnostics are shown with the lines around and a mark below the place", () => {
  const code = "const a = 1;\r\n\tconst 日本: string = 😀(a);\r\nlast";
  const place = {
    line: 2,
    column: 21,
    endColumn: 26,
    code: 2304,
    message: "Cannot find it.\n  Because.",
    severity: "error",
  } as const;
  expect(formatDiagnostics(code, [place], 7)).toBe(
    [
      "Cell 7, line 2, column 21 - error TS2304: Cannot find it.",
      "  Because.",
      "",
      "  1 | const a = 1;",
      "> 2 | \tconst 日本: string = 😀(a);",
      "    | \t                     ^^^^^",
      "  3 | last",
    ].join("\n"),
  );
});

test("a place over several lines is marked to the end of its first one; warnings; colours", () => {
  const code = Array.from({ length: 12 }, (_, index) => `line${index + 1}`).join("\n");
  const place = { line: 10, column: 3, code: 1, message: "M", severity: "warning" } as const;
  expect(formatDiagnostics(code, [place, place], undefined)).toContain(
    "Cell, line 10, column 3 - warning TS1: M\n\n   9 | line9\n> 10 | line10\n     |   ^^^^\n  11 | line11\n\nCell,",
  );
  expect(formatDiagnostics(code, [place], 1, { colour: true })).toContain(
    "\u001b[33mwarning\u001b[0m",
  );
});

test("signatures are read from the text of a type", () => {
  expect(
    signatures("(a: (b: number) => void, c?: { d: () => 1; }) => (e: string) => void"),
  ).toEqual(["(a: (b: number) => void, c?: { d: () => 1; }): (e: string) => void"]);
  expect(signatures("{ <T>(x: T[]): T; (x: { a: 1; }): void; }")).toEqual([
    "<T>(x: T[]): T",
    "(x: { a: 1; }): void",
  ]);
  expect(signatures("{ (x: string): void; extra: number; }")).toEqual([
    ": { (x: string): void; extra: number; }",
  ]);
});

test("messages are read however the bytes are cut", () => {
  const messages = [{ text: "zażółć 😀" }, { empty: "" }, { long: "x".repeat(5000) }];
  const bytes = Buffer.concat(messages.map(encodeFrame));
  for (const size of [1, 7, 1000, bytes.length]) {
    const reader = new FrameReader();
    const read: unknown[] = [];
    for (let from = 0; from < bytes.length; from += size)
      read.push(...reader.push(bytes.subarray(from, from + size)));
    expect(read).toEqual(messages);
  }
  expect(() => new FrameReader().push(Buffer.from("Nonsense: 5\r\n\r\n"))).toThrow("has no length");
});

test("wherever a cell is cut off, it is read, and the cursor stays where it is", () => {
  const cell =
    'import a, { b as c } from "x";\r\nconst { d: [e = `${c}😀`], ...f } = await import("./y.ts");\n' +
    "class G<T> extends c { #h = /[/]/u; @c() static i(j?: T) { return { j, k: [this.#h] } } }\n" +
    'import type l from "x"; export default function m() { /* n */ } namespace O { export enum P { q } }';
  for (let cut = 0; cut <= cell.length; cut++) {
    for (const [code, cursor] of [
      [cell.slice(0, cut), cut],
      [cell.slice(cut), 0],
      [cell, cut],
    ] as const) {
      expect(["complete", "incomplete", "invalid"]).toContain(isComplete(code).status);
      const document = writeDocument(new Scope(), readUnfinished(code, cursor), ["x"]);
      const at = document.toDocument(cursor);
      const isPlace = document.toCell(at) === cursor || document.text[at] === code[cursor];
      expect({ code, cursor, isPlace }).toEqual({ code, cursor, isPlace: true });
    }
  }
});
