import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shown } from "../client.js";
import { DebugClient, texts } from "./debug-client.js";

let client: DebugClient;
beforeAll(async () => {
  client = await DebugClient.start();
});
afterAll(() => client.kernel.stop());

const VALUES = `class Point { #secret = 7; calls = 0; constructor(readonly x: number) {} get twice() { this.calls++; return this.x * 2; } }
const point = new Point(4);
const map = new Map<unknown, unknown>([["a", 1], [{ k: 1 }, "object"]]);
const set = new Set(["x", "y"]);
const bytes = Buffer.from("hello");
const long = Array.from({ length: 12_345 }, (_, i) => i * 10);
const list = ["one", { two: 2 }, [3]];
const text = "a\\nb", big = 10n, nothing = null, missing = undefined, yes = true, symbol = Symbol("s");
const error = new RangeError("too far", { cause: 1 });
const date = new Date(0), pattern = /x+/g, promise = Promise.resolve(5);
const many = Object.fromEntries(Array.from({ length: 2500 }, (_, i) => ["key" + i, i]));
const proxy = new Proxy({ a: 1 }, { get() { throw new Error("trapped"); }, ownKeys() { throw new Error("trapped"); } });
function add(a: number, b: number) { return a + b; }
import { join } from "node:path";`;

async function panel(): Promise<Map<string, DebugProtocol.Variable>> {
  const { variables } = await client.ask<{ variables: DebugProtocol.Variable[] }>(
    "inspectVariables",
  );
  return new Map(variables.map((one) => [one.name, one]));
}

async function inside(name: string, page = {}) {
  const reference = (await panel()).get(name)?.variablesReference ?? 0;
  return client.children(reference, page);
}

beforeAll(async () => {
  await client.kernel.run(VALUES);
});

test("the notebook's variables, with type and value", async () => {
  const all = await panel();
  const rows = [...all.values()].map(({ name, type, value }) => `${name} ${type} ${value}`);
  expect(rows).toEqual([
    "point Point Point {#secret: 7, x: 4, calls: 0}",
    'map Map(2) Map(2) {"a" => 1, Object => "object"}',
    'set Set(2) Set(2) {"x", "y"}',
    "bytes Buffer(5) Buffer(5) [104, 101, 108, 108, 111]",
    expect.stringMatching(/^long Array\(12345\) \[0, 10, 20, .*…\]$/),
    'list Array(3) ["one", Object, Array(1)]',
    'text string "a\\nb"',
    "big bigint 10n",
    "nothing null null",
    "missing undefined undefined",
    "yes boolean true",
    "symbol symbol Symbol(s)",
    "error RangeError RangeError: too far",
    expect.stringMatching(/^date Date .*1970/),
    "pattern RegExp /x+/g",
    'promise Promise Promise {[[PromiseState]]: "fulfilled", [[PromiseResult]]: 5}',
    expect.stringMatching(/^many Object \{key0: 0, .*…\}$/),
    expect.stringMatching(/^proxy Proxy\(Object\) /),
    "Point class class Point",
    "add function ƒ add(a, b)",
    expect.stringMatching(/^join function/),
  ]);
});

test("what is in them: entries, elements, private fields, getters uncalled", async () => {
  expect(texts(await inside("map"))).toEqual(['"a": 1', '[1]: {key: Object, value: "object"}']);
  expect(texts(await inside("set"))).toEqual(['0: "x"', '1: "y"']);
  expect(texts(await inside("bytes"))).toEqual(["0: 104", "1: 101", "2: 108", "3: 108", "4: 111"]);
  expect(texts(await inside("list"))).toEqual(['0: "one"', "1: {two: 2}", "2: [3]"]);
  expect(texts(await inside("error"))).toContain("cause: 1");
  expect(texts(await inside("promise"))).toContain("[[PromiseResult]]: 5");
  expect(texts(await inside("proxy"))).toContain("[[Target]]: Object");
  const point = await inside("point");
  expect(texts(point)).toEqual(["x: 4", "calls: 0", "#secret: 7", "twice: (…)"]);
  expect(await client.evaluate("point.calls")).toBe("0");
  const getter = point.find(({ name }) => name === "twice")?.variablesReference ?? 0;
  expect(texts(await client.children(getter))).toEqual(["twice: 8"]);
  expect(await client.evaluate("point.calls")).toBe("1");
  await client.evaluate("point.calls = 0");
});

test("a long array comes in parts, or in the page that is asked for", async () => {
  const long = (await panel()).get("long");
  expect(long?.indexedVariables).toBe(12_345);
  const parts = await inside("long");
  expect(parts).toHaveLength(2);
  expect(parts[0]?.name).toBe("[0 … 9999]");
  const inner = await client.children(parts[1]?.variablesReference ?? 0);
  expect(inner.at(-1)?.name).toBe("[12300 … 12344]");
  const last = await client.children(inner.at(-1)?.variablesReference ?? 0);
  expect(texts(last).at(-1)).toBe("12344: 123440");
  const page = { filter: "indexed", start: 12_340, count: 3 };
  expect(texts(await inside("long", page))).toEqual([
    "12340: 123400",
    "12341: 123410",
    "12342: 123420",
  ]);
  expect(await inside("long", { start: 99_999, count: 5 })).toEqual([]);
  const many = await inside("many");
  expect(many.map(({ name }) => name).at(-1)).toBe("[2400 … 2499]");
});

test("values as MIME bundles", async () => {
  await client.kernel.run(`const html = { _repr_html_: () => "<b>bold</b>" };
const later = { _repr_html_: async () => "<i>later</i>" };`);
  expect(await client.ask("richInspectVariables", { variableName: "html" })).toMatchObject({
    data: { "text/html": "<b>bold</b>" },
  });
  expect(await client.ask("richInspectVariables", { variableName: "later" })).toMatchObject({
    data: { "text/html": "<i>later</i>" },
  });
  expect(await client.ask("richInspectVariables", { variableName: "text" })).toMatchObject({
    data: { "text/plain": "a\nb" },
  });
  expect(await client.ask("richInspectVariables", { variableName: "nope" })).toEqual({
    data: {},
    metadata: {},
  });
  expect((await client.request("richInspectVariables", { variableName: "a b" })).success).toBe(
    false,
  );
});

test("expressions in TypeScript, also those that declare or await", async () => {
  expect(await client.evaluate("(point as Point).x + long.length")).toBe("12349");
  expect(await client.evaluate("{ a: 1 }")).toBe("{a: 1}");
  expect(await client.evaluate("await Promise.resolve(6)")).toBe("6");
  expect(await client.evaluate("const made: number = 5; made")).toBe("5");
  expect(shown(await client.kernel.run("made + 1"))).toBe("6");
  expect(await client.evaluate("(await import('node:path')).sep")).toBe('"/"');
  const failed = await client.request("evaluate", { expression: "nobody + 1" });
  expect(failed).toMatchObject({
    success: false,
    message: "ReferenceError: nobody is not defined",
  });
  const wrong = await client.request("evaluate", { expression: "let = = 1" });
  expect(wrong.message).toMatch(/^SyntaxError/);
  const cut = await client.ask("evaluate", { expression: "'x'.repeat(1e6)", context: "watch" });
  expect(String(cut["result"]).length).toBeLessThan(20_000);
  const full = await client.ask("evaluate", {
    expression: "'x'.repeat(1e6)",
    context: "clipboard",
  });
  expect(String(full["result"])).toHaveLength(1_000_002);
});

test("an endless expression is ended", async () => {
  const { success } = await client.request("evaluate", { expression: "while (true) {}" });
  expect(success).toBe(false);
  expect(await client.evaluate("1 + 1")).toBe("2");
}, 30_000);

test("variables, properties and entries are set", async () => {
  const list = (await panel()).get("list")?.variablesReference ?? 0;
  const set = (variablesReference: number, name: string, value: string) =>
    client.ask("setVariable", { variablesReference, name, value });
  expect(await set(list, "0", '"ONE" as string')).toMatchObject({
    value: '"ONE"',
    type: "string",
  });
  const map = (await panel()).get("map")?.variablesReference ?? 0;
  await set(map, '"a"', "[1, 2].length + 5");
  const { variables } = await client.ask<{ variables: DebugProtocol.Variable[] }>(
    "inspectVariables",
  );
  expect(variables.length).toBeGreaterThan(5);
  expect(shown(await client.kernel.run("[list[0], map.get('a')].join()"))).toBe("ONE,7");
});
