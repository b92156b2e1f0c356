import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start({ args: ["--check=off"] });
});
afterAll(() => kernel.stop());

/** Runs cells in turn and gives what the last one shows. */
async function last(...cells: readonly string[]): Promise<unknown> {
  let result: unknown;
  for (const cell of cells) {
    const run = await kernel.run(cell);
    result = run.reply.content["status"] === "ok" ? shown(run) : run.reply.content["ename"];
  }
  return result;
}

const KINDS: Readonly<Record<string, string>> = {
  let: "let X = 'let'",
  const: "const X = 'const'",
  var: "var X = 'var'",
  function: "function X() {}",
  class: "class X {}",
  enum: "enum X { A }",
  destructuring: "const { a: X } = { a: 'destructuring' }",
  import: "import { join as X } from 'node:path'",
};

test.each(Object.keys(KINDS).flatMap((from) => Object.keys(KINDS).map((to) => [from, to])))(
  "a name declared by %s is declared again by %s",
  async (from, to) => {
    const name = `${from}To${to}`;
    const kind = (key: string) => (KINDS[key] as string).replace("X", name);
    const type = /function|class|import/.test(to)
      ? "function"
      : to === "enum"
        ? "object"
        : "string";
    expect(await last(kind(from), `${kind(to)}; typeof ${name}`)).toBe(type);
  },
);

test("a function sees what later cells make of its names, also when it has run hot", async () => {
  const cells = [
    "let rate = 1; function price() { return rate }",
    "for (let i = 0; i < 1e5; i++) price()",
  ];
  expect(await last(...cells, "const rate = 2", "price()")).toBe("2");
  expect(await last("function helper() { return 'a' } function user() { return helper() }")).toBe(
    undefined,
  );
  expect(await last("const helper = () => 'b'", "user()")).toBe("b");
});

test("a constant stays one, until a cell declares its name anew", async () => {
  await kernel.run("const fixed = 1; const change = () => { fixed = 2 }");
  for (const write of [
    "fixed = 2",
    "fixed += 2",
    "fixed++",
    "--fixed",
    "[fixed] = [2]",
    "({ a: fixed } = { a: 2 })",
    "change()",
  ]) {
    const { reply } = await kernel.run(write);
    const { ename, evalue } = reply.content;
    expect([write, ename, evalue]).toEqual([
      write,
      "TypeError",
      "Assignment to constant variable.",
    ]);
  }
  expect(await last("fixed")).toBe("1");
  expect(await last("{ let fixed = 5; fixed = 6 } fixed ??= 7; fixed")).toBe("1");
  expect(await last("let fixed = 3; fixed++; fixed")).toBe("4");
});

test("a cell that throws keeps what it had defined, and what it would have defined anew", async () => {
  expect(await last("const before = 1; throw new Error('x')", "before")).toBe("1");
  expect(
    await last("const kept = 'old'", "const kept = (() => { throw new Error('x') })()", "kept"),
  ).toBe("old");
  expect(
    await last("const never = (() => { throw new Error('x') })()", "const never = 2; never"),
  ).toBe("2");
});

describe("what tslab compiles wrongly", () => {
  test("a shorthand property of an earlier cell's variable", async () => {
    expect(await last("const connection = 5", "({ connection })")).toBe("{ connection: 5 }");
  });
  test("destructuring of an earlier cell's variable with another name", async () => {
    expect(await last("const earlier = { a: 7 }", "const { a: b7 } = earlier; b7")).toBe("7");
  });
  test.each([
    ["await (1 + 1)", "2"],
    ["await [1, 2][1]", "2"],
    ["for await (const one of [Promise.resolve(3)]) globalThis.seen = one;\nseen", "3"],
  ])("a first await: %s", async (code, result) => {
    expect(await last(code)).toBe(result);
  });
  test("a top-level const is not undefined after another cell failed", async () => {
    expect(await last("let total = 1", "let total = nothing + 1", "total")).toBe("1");
  });
});

test.each([
  ["enums", "enum Colour { Red, Blue } Colour[1]", "Blue"],
  [
    "an enum again, without its old members",
    "enum Colour { Green } Object.keys(Colour).join()",
    "0,Green",
  ],
  ["namespaces", "namespace Shapes { export const sides = 4 } Shapes.sides", "4"],
  [
    "decorators",
    "const tag = (c: any, { kind }: any) => { c.tag = kind }; @tag class T {} (T as any).tag",
    "class",
  ],
  ["auto-accessors", "class Acc { accessor x = 3 } new Acc().x", "3"],
  [
    "parameter properties",
    "class Point { constructor(readonly x: number) {} } new Point(4).x",
    "4",
  ],
  [
    "private names",
    "class Secret { static #p = 1; static get() { return Secret.#p } } Secret.get()",
    "1",
  ],
  ["satisfies and non-null", "const v = { a: 1 } satisfies object; v!.a", "1"],
  ["generics", "const id = <T,>(x: T): T => x; id<number>(9)", "9"],
  ["hoisted functions", "const early = late(); function late() { return 'late' } early", "late"],
  [
    "var in blocks",
    "for (var turn = 0; turn < 3; turn++) { var inside = turn } turn + inside",
    "5",
  ],
  ["generators", "function* two() { yield 1; yield 2 } [...two()].length", "2"],
  [
    "exports",
    "export const shared = 1; export default shared; export { shared as other }; shared",
    "1",
  ],
  ["strict mode", "(function () { return this === undefined })()", "true"],
  [
    "labels",
    "outer: for (const a of [1, 2]) { for (const b of [1]) { if (a === 1) continue outer; globalThis.ab = a + b } } ab",
    "3",
  ],
  ["a directive as a result", "'text'", "text"],
  ["a regular expression with a slash", "/[/]\\/{2}/.source", "[/]\\/{2}"],
  ["an emoji", "const word = '😀'; word.length", "2"],
  ["the last value without a semicolon", "1\n+ 1", "2"],
])("%s", async (_name, code, result) => {
  expect(await last(code)).toBe(result);
});

test("using ends with its cell, in reverse order, and keeps the last value", async () => {
  const run = await kernel.run(
    "const r = (n: number) => ({ [Symbol.dispose]() { console.log('end', n) } });\n" +
      "using a = r(1); using b = r(2);\nconsole.log('in');\n42",
  );
  expect([textOf(run), shown(run)]).toEqual(["in\nend 2\nend 1\n", "42"]);
});

test("an import of a name that Node has itself changes nothing for packages", async () => {
  const cell = 'import { setTimeout } from "node:timers/promises"; await setTimeout(1, "slept")';
  expect(await last(cell)).toBe("slept");
  expect(
    await last("const { setTimeout: shadow } = { setTimeout }; await shadow(1, 'again')"),
  ).toBe("again");
  expect(await last("globalThis.setTimeout !== setTimeout")).toBe("true");
  expect(await last("const URL = 5; URL", "new (require('node:url').URL)('http://a').host")).toBe(
    "a",
  );
});

test("null is shown, undefined is not; a promise is not awaited", async () => {
  expect(await last("null")).toBe("null");
  expect(await last("void 0")).toBe(undefined);
  expect(await last("Promise.resolve(1)")).toBe("Promise { 1 }");
  expect(await last("'a\\nb'")).toBe("a\nb");
});

test("namespaces merge, and their exported variables are live", async () => {
  expect(
    await last(
      "namespace Unit { export const one = 1 }\nnamespace Unit { export const two = one + one }\nUnit.two",
    ),
  ).toBe("2");
  expect(
    await last(
      "namespace Count { export let n = 0; export const up = () => { n++ } }",
      "Count.up(); Count.up(); Count.n",
    ),
  ).toBe("2");
});

test("the last of expressions between commas is the result", async () => {
  expect(await last("(1, 2)")).toBe("2");
});

test("a namespace beside `using` leaves the result of the cell alone", async () => {
  const using = "using held = { [Symbol.dispose]() {} };";
  expect(await last(`namespace Held { export let n = 1 }\n${using}\nHeld.n + 1`)).toBe("2");
});
