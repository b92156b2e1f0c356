import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resultOf, shown, TestKernel, textOf, type Run } from "./client.js";

// chalk colours nothing where this is set; notebooks are looked at elsewhere.
delete process.env["CI"];

// Here, so that packages of this project are found.
const cwd = import.meta.dirname;

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start({ cwd, args: ["--check=off"], env: { NO_COLOR: "" } });
});
afterAll(() => kernel.stop());

type Data = Record<string, string>;
const displays = ({ messages }: Run) =>
  messages
    .filter(({ header }) => header.msg_type === "display_data")
    .map(({ content }) => content["data"] as Data);
const result = async (code: string) => resultOf(await kernel.run(code)) as Data;

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("pictures", () => {
  test.each(["jsdom", "linkedom"])("elements of %s, SVG among them", async (name) => {
    const dom =
      name === "jsdom"
        ? "const { JSDOM } = await import('jsdom'); const { document: page } = new JSDOM('').window;"
        : "const { parseHTML } = await import('linkedom'); const { document: page } = parseHTML('<html><body></body></html>');";
    const element = await result(
      `${dom} const b = page.createElement('b'); b.textContent = 'x'; b`,
    );
    expect(element).toMatchObject({ "text/html": "<b>x</b>", "text/plain": "<b>x</b>" });
    const svg = await result(
      "const s = page.createElementNS('http://www.w3.org/2000/svg', 'svg'); s.setAttribute('width', '3'); s",
    );
    expect(svg["text/html"]).toMatch(/^<svg.*width="3"/);
    expect(svg["image/svg+xml"]).toMatch(/^<svg.*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect((await result("page"))["text/html"]).toContain("<body>");
  });

  test.each([
    ["a canvas's bytes", `({ toBuffer: () => Buffer.from("${PNG}", "base64") })`],
    ["bytes that take time", `({ toBuffer: async () => Buffer.from("${PNG}", "base64") })`],
    [
      "a canvas that must be told the type",
      `({ toBuffer(type) { if (type !== "image/png") throw new Error("type"); return Buffer.from("${PNG}", "base64") } })`,
    ],
    [
      "a canvas of which one way fails",
      `({ toBuffer() { throw new Error("no") }, toDataURL: () => "data:image/png;base64,${PNG}" })`,
    ],
    ["a canvas's URL", `({ toDataURL: () => "data:image/png;base64,${PNG}" })`],
    ["a Blob", `new Blob([Buffer.from("${PNG}", "base64")], { type: "image/png" })`],
    ["bytes", `Uint8Array.from(Buffer.from("${PNG}", "base64"))`],
  ])("%s", async (_what, code) => {
    expect((await result(code))["image/png"]).toBe(PNG);
  });

  test.each([
    ["a Blob of text", "new Blob(['x'], { type: 'text/plain' })"],
    [
      "a stream that could be read",
      "Object.assign(new (require('stream').Duplex)({ read() {} }), { toBuffer: () => new Promise(() => {}) })",
    ],
    ["what throws when it is asked", "({ get outerHTML() { throw new Error('asked') } })"],
    ["an answer from the web", "new Response('x')"],
  ])("%s is none", async (_what, code) => {
    expect(Object.keys(await result(code))).toEqual(["text/plain"]);
  });
});

describe("display", () => {
  const use = "import { display } from 'typescript-kernel';";

  test("takes a bundle as it is, and says nothing as a last line", async () => {
    const spec = { "application/vnd.vegalite.v5+json": { mark: "bar" } };
    for (const wait of ["", "await "]) {
      const run = await kernel.run(`${use} ${wait}display(${JSON.stringify(spec)})`);
      expect(displays(run)).toEqual([expect.objectContaining(spec)]);
      expect(shown(run)).toBeUndefined();
    }
  });

  test("is seen before its cell ends, though nobody waits for it", async () => {
    const slow = "{ _repr_html_: () => new Promise((r) => setTimeout(r, 50, '<i>1</i>')) }";
    expect(displays(await kernel.run(`${use} display(${slow}); 0`))).toEqual([
      expect.objectContaining({ "text/html": "<i>1</i>" }),
    ]);
  });

  test("takes any other object as a value", async () => {
    expect(displays(await kernel.run(`${use} display({ "a/b": 1 }); display({})`))).toEqual([
      { "text/plain": "{ 'a/b': 1 }" },
      { "text/plain": "{}" },
    ]);
  });

  test.each([
    ['{ "text/latex": "$x^2$" }', "$x^2$"],
    ['{ "text/html": "<style>b{}</style><p>a &lt; <b>b</b></p>c" }', "a < b\nc"],
    ['{ "image/png": Buffer.from([1]) }', "[image/png]"],
    ['{ "application/geo+json": { type: "Point" } }', "[application/geo+json] { type: 'Point' }"],
  ])("%s has a text, too", async (bundle, text) => {
    expect(displays(await kernel.run(`${use} display(${bundle})`))[0]?.["text/plain"]).toBe(text);
  });

  test("tslab's has a text, too", async () => {
    const code = "(await import('tslab')).display.html('<b>bold</b>')";
    expect(displays(await kernel.run(code))).toEqual([
      { "text/html": "<b>bold</b>", "text/plain": "bold" },
    ]);
  });
});

test("null is shown, undefined is not", async () => {
  expect(shown(await kernel.run("null"))).toBe("null");
  expect(resultOf(await kernel.run("undefined"))).toBeUndefined();
});

test("an error's own fields are shown as deep as they matter", async () => {
  const traceback = async (code: string) =>
    stripVTControlCharacters(
      ((await kernel.run(code)).reply.content["traceback"] as string[]).join("\n"),
    );
  const command = "{ command: { name: 'set', args: ['lab:key', ['inner']] } }";
  const reply = await traceback(`throw Object.assign(new Error('ERR'), ${command})`);
  expect(reply).toContain("'lab:key', [ 'inner' ]");
  const huge = "{ request: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [i, { i }])) }";
  const lines = await traceback(`throw Object.assign(new Error('ERR'), ${huge})`);
  expect(lines).toMatch(/request: \{|\[Object\]/);
  expect(lines).not.toContain("i: 59");
});

describe("colours", () => {
  test("console and chalk have them, results and what child processes give do not", async () => {
    expect(textOf(await kernel.run("console.log({ a: 1 })"))).toBe(
      "{ a: \u001b[33m1\u001b[39m }\n",
    );
    const red = await kernel.run(
      "import chalk from 'chalk'; console.log(chalk.red('r'), chalk.hex('#010203')('h'))",
    );
    expect(textOf(red)).toBe("\u001b[31mr\u001b[39m \u001b[38;2;1;2;3mh\u001b[39m\n");
    expect(shown(await kernel.run("({ a: 1 })"))).toBe("{ a: 1 }");
    const child = "require('child_process').execSync('node -p 1', { encoding: 'utf8' })";
    expect(shown(await kernel.run(child))).toBe("1\n");
  });

  test("not where NO_COLOR is set", async () => {
    const plain = await TestKernel.start({ cwd, args: ["--check=off"], env: { NO_COLOR: "1" } });
    try {
      const code = "console.log({ a: 1 }); console.log((await import('chalk')).default.red('r'))";
      expect(textOf(await plain.run(code))).toBe("{ a: 1 }\nr\n");
    } finally {
      await plain.stop();
    }
  });

  test("console.clear() clears the cell's outputs", async () => {
    const { messages } = await kernel.run("console.log(1); console.clear(); console.log(2)");
    const kinds = messages.map(({ header }) => header.msg_type);
    expect(kinds.filter((kind) => /stream|clear/.test(kind))).toEqual([
      "stream",
      "clear_output",
      "stream",
    ]);
  });
});
