import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start({ args: ["--check=off"] });
});
afterAll(() => kernel.stop());

/** Runs cells in turn, and gives what the last one shows. */
async function last(...cells: readonly string[]): Promise<unknown> {
  let result: unknown;
  for (const cell of cells) {
    const run = await kernel.run(cell);
    const { status, ename, evalue } = run.reply.content;
    result = status === "ok" ? shown(run) : `${String(ename)}: ${String(evalue)}`;
  }
  return result;
}

describe("a name that a later cell declares", () => {
  test.each([
    ["let", "let LATER = 'yes'"],
    ["const", "const LATER = 'yes'"],
    ["var", "var LATER = 'yes'"],
    ["import", "import { sep as LATER } from 'node:path'"],
    ["globalThis", "globalThis.LATER = 'yes'"],
  ])("by %s is found by a function of an earlier one", async (kind, declaration) => {
    const name = `later_${kind}`;
    const use = `const use_${kind} = () => [typeof ${name}, ${name}, { ${name} }.${name}].join()`;
    expect(await last(use, `use_${kind}()`)).toBe(`ReferenceError: ${name} is not defined`);
    const value = kind === "import" ? "/" : "yes";
    expect(await last(declaration.replace("LATER", name), `use_${kind}()`)).toBe(
      `string,${value},${value}`,
    );
  });
  test("is undefined to typeof, and nobody's to set, until then", async () => {
    expect(await last("const kind = () => typeof unborn; kind()")).toBe("undefined");
    expect(await last("unborn = 1")).toBe("ReferenceError: unborn is not defined");
    expect(await last("let unborn = 1", "unborn = 'x'; kind()")).toBe("string");
  });
});

test.each([
  ["a function", "function named() {}", "named.name", "named"],
  ["an arrow function", "const arrow = () => 1", "arrow.name", "arrow"],
  ["a nameless function", "let later; later = async function () {}", "later.name", "later"],
  [
    "a class",
    "class Shape {}",
    "[Shape.name, new Shape()].map(String).join()",
    "Shape,[object Object]",
  ],
  ["a nameless class", "const Round = class {}", "Round.name", "Round"],
  [
    "a default",
    "const { byDefault = () => 1, inner: [second = class {}] } = { inner: [] } as any",
    "byDefault.name + second.name",
    "byDefaultsecond",
  ],
  ["a function with a name", "const outer = function inside() {}", "outer.name", "inside"],
  [
    "a class that names itself",
    "class Self { static own = () => Self.name }",
    "Self.own()",
    "Self",
  ],
])("%s keeps its name", async (_kind, declaration, use, name) => {
  expect(await last(declaration, use)).toBe(name);
});

test("functions as text are what was written, without types", async () => {
  expect(
    await last(
      "let count: number = 1; function more(by: number) { return count + by }",
      "String(more)",
    ),
  ).toBe("function more(by) {\n\treturn count + by;\n}");
  const written =
    "const waits = async () => { try { await count } catch (e) { typeof nowhere } for await (const one of []) one; return await import('node:fs') }";
  expect(await last(written, "String(waits)")).toMatch(
    /^async \(\) => \{\s+try \{\s+await count;\s+\} catch \(e\) \{\s+typeof nowhere;\s+\}\s+for await \(const one of \[\]\) \{?one;\}?\s+return await import\("node:fs"\);\s+\}$/,
  );
});

test.each([
  ["a call of what is no function", "counter.go()", "TypeError: counter.go is not a function"],
  ["a name nobody knows", "nobody", "ReferenceError: nobody is not defined"],
  ["a constructor", "new counter()", "TypeError: counter is not a constructor"],
  ["what cannot be taken apart", "const [first] = counter", "TypeError: counter is not iterable"],
  [
    "a dead zone",
    "{ early; const early = 1 }",
    "ReferenceError: Cannot access 'early' before initialization",
  ],
  [
    "undefined",
    "const { part } = nothing",
    "TypeError: Cannot destructure property 'part' of 'nothing' as it is undefined.",
  ],
])("messages have the user's names: %s", async (_kind, cell, message) => {
  await kernel.run("const counter = 5; const nothing = undefined as any");
  const run = await kernel.run(cell);
  const { ename, evalue, traceback } = run.reply.content;
  expect(`${String(ename)}: ${String(evalue)}`).toBe(message);
  expect((traceback as string[])[0]).toContain(message.replace(/^\w+: /, ""));
  expect(await last(`(() => { try { ${cell} } catch (e) { return e.message.length } })()`)).toBe(
    String(message.replace(/^\w+: /, "").length),
  );
  const printed = await kernel.run(`try { ${cell} } catch ({ stack }) { console.log(stack) }`);
  expect(textOf(printed).split("\n")[0]).toBe(message);
});

test("eval in a cell sees its names, and an indirect one does not, as in a module", async () => {
  await kernel.run("const top = 1; let sum = 2");
  expect(await last("eval('sum = top + sum; sum')", "sum")).toBe("3");
  expect(
    await last(
      "(function (top) { const sum = 5; return eval('const own = 1; [top, sum, own].join()') })(7)",
    ),
  ).toBe("7,5,1");
  expect(await last("(0, eval)('typeof top')")).toBe("undefined");
  expect(await last("eval('1 +')")).toBe("SyntaxError: Unexpected end of input");
});

test("a name of the cell that has no value yet is told by its own name", async () => {
  expect(await last("soon; const soon = 1")).toBe("ReferenceError: soon is not defined");
});

test("loops over the cells' own names are compiled as any others", async () => {
  await kernel.run("let total = 0; let step = 3");
  const timed = (declarations: string) =>
    `(() => { ${declarations} const began = performance.now(); ` +
    "for (let i = 0; i < 2e7; i++) total += i & step; return performance.now() - began })()";
  const cells = Number(await last(timed("")));
  const locals = Number(await last(timed("let total = 0; let step = 3;")));
  // A look-up by name, as in `with`, would take a hundred times as long.
  expect(cells / locals).toBeLessThan(20);
});
