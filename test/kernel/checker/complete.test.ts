import { afterAll, beforeAll, expect, test } from "vitest";

import { Checker } from "#kernel/checker/checker.js";
import { notebookFolder, type NotebookFolder } from "./notebook-folder.js";

let folder: NotebookFolder;
let checker: Checker;
beforeAll(async () => {
  folder = notebookFolder({
    "helper.ts": "export const helpful = 1; export function helpOut() {}",
  });
  checker = Checker.start({ cwd: folder.path, firstCheckMs: 60_000, checkMs: 60_000 });
  const cells = [
    'import { helpful } from "./helper.ts"; import * as paths from "node:path";',
    'interface User { name: string; age?: number; "not-a-name": 1 }\nconst user: User = JSON.parse("{}");',
    '/** Greets.\n * @param who a name\n * @example greet("x", 2)\n */\n' +
      "function greet(who: string, times = 1) { return who.repeat(times) }",
    'function paint(how: "warm" | "cool") {}',
    "class Stack<T> { items: T[] = []; /** Adds one. */ push(item: T): number { return this.items.push(item) } }",
    "const userOld = 1; const userNew = userOld; enum Colour { Red, Green }",
    "const userOld = 'again'; type Mode = { a: 1 } | { b: 2 };",
    "let 𝒳name = { 𝒳inner: 1 }; let total = 5;",
  ];
  for (const cell of cells) {
    const found = await checker.check(cell);
    if (found.length > 0) throw new Error(`${cell}: ${JSON.stringify(found)}`);
    checker.accept(cell);
  }
});
afterAll(async () => {
  await checker.dispose();
  folder.remove();
});

/** Splits at the mark of the cursor, `|`. */
function at(code: string): [text: string, cursor: number] {
  return [code.replace("|", ""), code.indexOf("|")];
}

test.each([
  ["user.|", 5, ["name", "age"]],
  ["user.na|", 5, ["name"]],
  ["user.NA|", 5, ["name"]],
  ["const x = greet(user.na|\nconst y = 1;", 21, ["name"]],
  ["if (user.na|) {\n  greet()", 9, ["name"]],
  ["new Stack<string>().|", 20, ["items", "push"]],
  ["'x'.toUp|", 4, ["toUpperCase"]],
  ["paint('|')", 7, ["cool", "warm"]],
  ["Colour.|", 7, ["Green", "Red"]],
  ["user|", 0, ["user", "userNew", "userOld"]],
  ["gre|", 0, ["greet"]],
  ["Sta|", 0, ["Stack", "static"]],
  ["let a: Mo|", 7, ["Mode"]],
  ["function f(parameter: string) { const local = 1; return (lo|", 57, ["local"]],
  ["[1].map((element) => ele|)", 21, ["element"]],
  ["for (const part of [1]) { par|", 26, ["part"]],
  ["const mine = 1; mi|", 16, ["mine"]],
  ["import { help| } from './helper.ts'", 9, ["helpful", "helpOut"]],
  ["import x from './hel|'", 17, ["helper.ts"]],
  ["import x from 'node:fs/pro|'", 23, ["promises"]],
  ["import x from 'node:f|'", 15, ["node:fs", "node:fs/promises"]],
  ["const u: User = { na| }", 18, ["name"]],
  ["𝒳name.|", 7, ["𝒳inner"]],
  ["const 😀 = '😀'; 𝒳na|", 17, ["𝒳name"]],
  ["// user|", 3, []],
  ["'user|'", 1, []],
  ["nowhere.|", 8, []],
])("%s", async (code, start, matches) => {
  const found = await checker.complete(...at(code));
  // Of names that all programs have, only those wanted are looked for.
  const wanted =
    matches.length > 0 ? found.matches.filter((match) => matches.includes(match)) : found.matches;
  expect({ start: found.start, end: found.end, matches: wanted.toSorted() }).toEqual({
    start,
    end: code.indexOf("|"),
    matches: matches.toSorted(),
  });
});

test("names of the notebook come before those of all programs, and the list is bounded", async () => {
  const { matches } = await checker.complete("", 0);
  expect(matches.length).toBe(200);
  const own = ["helpful", "paths", "user", "greet", "Stack", "userNew", "total"];
  expect(Math.max(...own.map((name) => matches.indexOf(name)))).toBeLessThan(
    matches.indexOf("AbortController"),
  );
  expect(Math.min(...own.map((name) => matches.indexOf(name)))).toBe(0);
});

test("each match has its kind, as front ends show it", async () => {
  const kinds = async (code: string) => {
    const { metadata } = await checker.complete(...at(code));
    return (metadata as Record<string, unknown>)["_jupyter_types_experimental"];
  };
  expect(await kinds("greet|")).toEqual([{ text: "greet", type: "function" }]);
  expect(await kinds("new Stack().pu|")).toEqual([{ text: "push", type: "method" }]);
  expect(await kinds("Colou|")).toEqual([{ text: "Colour", type: "enum" }]);
});

test.each([
  ["user|", 0, "const user: User"],
  ["us|er.name", 0, "const user: User"],
  ["user.name|", 0, "(property) name: string"],
  ["user.age?.toFixed|", 0, "(method) toFixed(fractionDigits?: number | undefined): string"],
  ["let t: |Mode", 0, "type Mode = { a: 1; } | { b: 2; }"],
  ["Mode|", 0, "type Mode = { a: 1; } | { b: 2; }"],
  ["User|", 0, "interface User"],
  ["Stack|", 0, "class Stack<T>"],
  ["Colour|", 0, "enum Colour"],
  ["Colour.Red|", 0, "(enum member) Colour.Red = 0"],
  ["helpful|", 0, "const helpful: 1"],
  ["paths.join|", 0, "(method) join(...paths: string[]): string"],
  ["total|", 0, "let total: number"],
  ["userOld|", 0, 'const userOld: "again"'],
  ["𝒳name.𝒳inner|", 0, "(property) 𝒳inner: number"],
  ["if (typeof user.age === 'number') user.a|ge", 0, "(property) age: number"],
  ["[1].map((x) => x|)", 0, "(parameter) x: number"],
  ["Promise|", 0, "var Promise: PromiseConstructor"],
])("inspects %s", async (code, detail, first) => {
  const { found, data } = await checker.inspect(...at(code), detail as 0);
  expect(found).toBe(true);
  expect(data["text/plain"]?.split("\n")[0]).toBe(first);
});

test.each(["|", "nowhere|", "'user|'", "// user|", "1 + |"])(
  "finds nothing at %j",
  async (code) => {
    expect(await checker.inspect(...at(code), 0)).toEqual({ found: false, data: {} });
  },
);

test("the function being called is explained within its brackets, examples on demand", async () => {
  const signature = "function greet(who: string, times?: number): string";
  const brief = await checker.inspect(...at('greet("a", (1 + 2), |'), 0);
  expect(brief.data).toEqual({
    "text/plain": `${signature}\n\nGreets.\n\n@param who a name`,
    "text/markdown": `\`\`\`typescript\n${signature}\n\`\`\`\n\nGreets.\n\n*@param* \`who\` a name`,
  });
  const full = await checker.inspect(...at("gre|et"), 1);
  expect(full.data["text/markdown"]).toContain('*@example*\n```typescript\ngreet("x", 2)\n```');
});

test("to look at unfinished cells changes nothing for the next check", async () => {
  await checker.complete("const user = 5; user.", 21);
  await checker.inspect("import { helpful } from './nowhere.ts'; helpful", 10, 0);
  const found = await checker.check("user.name.length; helpful.toFixed(); user.foo");
  expect(found.map(({ code, column }) => [code, column])).toEqual([[2339, 43]]);
});
