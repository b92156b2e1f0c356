import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
const server = createServer((_request, response) => {
  response.setHeader("content-type", "application/json");
  response.end('{"items":[{"name":"a","price":2},{"name":"b","price":3}]}');
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  kernel = await TestKernel.start({ args: ["--language=javascript"] });
});
afterAll(async () => {
  await kernel.stop();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

test("the kernel tells that it is one for JavaScript", async () => {
  expect((await kernel.ask("kernel_info_request"))["language_info"]).toMatchObject({
    name: "javascript",
    file_extension: ".js",
    mimetype: "text/javascript",
  });
});

/** Cells as people paste them, and what they show. */
const CELLS: readonly (readonly [code: string, result: unknown])[] = [
  ["const o = {}; o.count = 1; o.count += 1; o", "{ count: 2 }"],
  ["function add(a, b) { return a + b }\nadd(1, 2)", "3"],
  [
    "const groups = {};\nfor (const w of ['a', 'b', 'a']) groups[w] = (groups[w] || 0) + 1;\ngroups",
    "{ a: 2, b: 1 }",
  ],
  ["let list = []; list.push(1); list.push('two'); list", "[ 1, 'two' ]"],
  ["const byName = (x) => x.name; [{ name: 'q' }].map(byName)", "[ 'q' ]"],
  ["class Point { constructor(x) { this.x = x } }\nnew Point(3).x", "3"],
  [
    "const debounce = (fn, ms = 10) => { let t; return (...args) => { clearTimeout(t); t = setTimeout(() => fn(...args), ms) } }\ntypeof debounce",
    "function",
  ],
  ["const fs = require('fs'); fs.existsSync('/')", "true"],
  ["var total = 0; [1, 2, 3].forEach(function (n) { total += n }); total", "6"],
  [
    "function Old(name) { this.name = name }\nOld.prototype.hi = function () { return 'hi ' + this.name };\nnew Old('x').hi()",
    "hi x",
  ],
  [
    "const memo = {}; const fib = n => memo[n] ?? (memo[n] = n < 2 ? n : fib(n - 1) + fib(n - 2)); fib(40)",
    "102334155",
  ],
  [
    "const get = (object, path) => path.split('.').reduce((at, key) => at && at[key], object); get({ a: { b: 4 } }, 'a.b')",
    "4",
  ],
  ["try { JSON.parse('{') } catch (e) { e.name }", undefined],
  ["try { null.x } catch (e) { console.log(e.message.length > 0) }", undefined],
  ["'5' * '4'", "20"],
  ["new Date(2020, 0, 1) - new Date(2019, 11, 31) > 0", "true"],
  ["const { a, ...others } = { a: 1, b: 2 }; others.c = 3; others", "{ b: 2, c: 3 }"],
  ["const el = process.env.NOT_SET; el === undefined", "true"],
  ["async function later(v) { return v }\n(await later({ x: 1 })).y", undefined],
  [
    "const counter = { n: 0, up() { this.n++; return this } }; counter.up().up().extra = 1; counter",
    expect.stringContaining("n: 2"),
  ],
];

test.each(CELLS)("%s", async (code, result) => {
  const run = await kernel.run(code);
  expect(run.reply.content["status"]).toBe("ok");
  expect(shown(run)).toEqual(result);
});

test("data from the web, as it comes", async () => {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const code = `const data = await fetch(${JSON.stringify(url)}).then(r => r.json());
    data.items.reduce((sum, item) => sum + item.price, 0)`;
  expect(shown(await kernel.run(code))).toBe("5");
});

test("what says anything of types is checked, and all of a cell that asks for it", async () => {
  let run;
  do run = await kernel.run("const n: number = 'text'");
  while (run.reply.content["status"] === "ok");
  expect(run.reply.content["evalue"]).toContain("TS2322");
  expect(shown(await kernel.run("const free = {}; free.x = 1; free.x"))).toBe("1");
  expect(
    (await kernel.run("// @ts-check\nconst kept = {}; kept.x = 1")).reply.content["ename"],
  ).toBe("TypeScriptError");
  expect(textOf(await kernel.run("console.log(1)"), "stderr")).toBe("");
});

test("a name that is missing is told with what can be done, though nothing is checked", async () => {
  const evalue = async (code: string) => {
    const { reply, messages } = await kernel.run(code);
    const told = messages.find(({ header }) => header.msg_type === "error")?.content;
    expect(told?.["evalue"]).toBe(reply.content["evalue"]);
    return reply.content["evalue"];
  };
  const cells = ["throw new Error('first')", "const skipped = 1"].map((code) => kernel.start(code));
  await Promise.all(cells.map(({ ended }) => ended));
  expect(await evalue("skipped + 1")).toContain("in a cell that has not run");
  expect(await evalue("!ls")).toContain("is a command of IPython");
  expect(await evalue("readFileSync('x')")).toContain('import { readFileSync } from "node:fs"');
  expect(await evalue("nowhere")).toBe("nowhere is not defined");
  await kernel.run("const skipped = 2");
  expect(shown(await kernel.run("skipped + 1"))).toBe("3");
});

test("completion knows the types", async () => {
  await kernel.run("const words = 'a b'.split(' ')");
  const code = "words.joi";
  const reply = await kernel.ask("complete_request", { code, cursor_pos: code.length });
  expect(reply["matches"]).toContain("join");
});
