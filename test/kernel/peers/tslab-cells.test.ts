import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { shown, TestKernel } from "../client.js";
import { untilChecked } from "../until-checked.js";

// What tslab's executor and converter are tested for, told in our words: what cells do one after
// another, and what is refused. Source: yunabe/tslab, src/executor.spec.ts, src/converter.spec.ts.
//
// Left out, since we mean otherwise: `exports` that may be defined again (ours are those of a CommonJS
// file); a rejection that nobody handles and that is no error; what only strict types refuse
// (`new Object()["name"]`, `return null` for a Map); `{x: 10}` as a block (ours is an object, as in
// Node's REPL); `document` without the DOM's types is refused by both.
let folder: string;
let kernel: TestKernel;
beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-tslab");
  await mkdir(join(folder, "part", "deep"), { recursive: true });
  const files = {
    "a.ts": 'export const a: string = "AAA";',
    "deep/c.ts": 'import { a } from "../a";\nexport const c = "BBB" + a;',
    "wrong.ts": 'export const a: number = "AAA";',
    "random.ts":
      'import { randomBytes } from "crypto";\nexport const id = randomBytes(8).toString("hex");',
    "changing.ts": 'export const value = "first";',
  };
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, "part", name), text);
  kernel = await TestKernel.start({ cwd: folder });
  await untilChecked(kernel);
});
afterAll(async () => {
  await kernel.stop();
  await removeFolder(folder);
});

/** Runs cells in turn and gives what the last one shows, or its error. */
async function last(...cells: readonly string[]): Promise<unknown> {
  let result: unknown;
  for (const cell of cells) {
    const { reply, messages } = await kernel.run(cell);
    const { status, ename, evalue } = reply.content;
    result = status === "ok" ? shown({ reply, messages }) : `${String(ename)}: ${String(evalue)}`;
  }
  return result;
}

const SHA = 'createHash("sha256").update("text").digest("hex").slice(0, 8)';
const DIGEST = "982d9e3e";

describe("what cells do", () => {
  test.each<[string, unknown, ...string[]]>([
    ["the last expression is shown", "14", "let x = 10; x + 4;"],
    ["an assignment is an expression", "10", "let a = 3, b = 4;", "let c = a * b; c -= 2;"],
    ["a name of an earlier cell is assigned", "30", "b = a * c"],
    ["and read", "[ 30, 30, 10 ]", "a = Math.max(c, b)", "[a, b, c]"],
    [
      "recursion",
      "10946",
      "function fib(n: number): number { return n > 1 ? fib(n - 1) + fib(n - 2) : 1 }\nlet f20 = fib(20);",
      "f20",
    ],
    ["Node's globals", process.version, "let version = process.version;", "version"],
    ["a constant declared again", "4", "const k = 3;", "const k = 4;", "k"],
    [
      "a class",
      "P(ann, 3)",
      "class P { constructor(public name: string, public age: number) {} toString() { return `P(${this.name}, ${this.age})` } }\nlet p = new P('ann', 3).toString();",
      "p",
    ],
    ["import *", DIGEST, `import * as crypto1 from "crypto"; const h1 = crypto1.${SHA};`, "h1"],
    ["import default", DIGEST, `import crypto2 from "crypto"; const h2 = crypto2.${SHA};`, "h2"],
    [
      "import()",
      DIGEST,
      `const crypto3 = await import("crypto"); const h3 = crypto3.${SHA};`,
      "h3",
    ],
    ["a name imported earlier", DIGEST, 'import { createHash } from "crypto";', SHA],
    ["an imported name declared anew", "mine", "let createHash = 'mine';", "createHash"],
    ["a module's name declared anew", "mine", "let crypto1 = 'mine';", "crypto1"],
    [
      "enums",
      "[ 2, 'Down' ]",
      "enum Way { Up = 1, Down, Left }",
      "const w1 = Way.Down; const w2 = Way[2];",
      "[w1, w2]",
    ],
    ["an enum declared anew", "null", "let Way = null;", "Way"],
    ["what is awaited", "waited", "await new Promise((resolve) => { resolve('waited') });"],
    [
      "what is rejected",
      "Thrown: refused",
      "await new Promise((_, reject) => { reject('refused') });",
    ],
    [
      "an async function",
      "hi you",
      "async function hi(who: string) { return 'hi ' + who }\nawait hi('you');",
    ],
    ["one that throws", "Thrown: bye", "async function bye() { throw 'bye' }\nawait bye();"],
    ["await in a declaration", "hi me", "let said = await hi('me');", "said"],
    ["tslab's own module", "function", "import * as tslab from 'tslab'; typeof tslab.display.png"],
    ["an object's constructor", "true", "let same = {}.constructor === Object;", "same"],
    [
      "a function changes a name",
      "1",
      "let counter = 0; function increment() { counter++ }",
      "increment()",
      "counter",
    ],
    [
      "destructuring",
      "[ 123, 'hello', 1, 'x' ]",
      "let [d1, d2] = [123, 'hello']; let { e1, f: e2 } = { e1: 1, f: 'x' };",
      "[d1, d2, e1, e2]",
    ],
    [
      "?. and ??",
      "[ undefined, 'other' ]",
      "let nothing: any = null; [nothing?.a?.b, nothing ?? 'other']",
    ],
    [
      "generators",
      "[ 0, 1, 2 ]",
      "function* range(n: number): IterableIterator<number> { for (let i = 0; i < n; i++) yield i }",
      "[...range(3)]",
    ],
    ["generics", "id", "function identity<T>(value: T): T { return value }", "identity('id')"],
    [
      "interfaces that merge",
      "[ 123, 'hello' ]",
      "interface Two { a: number }\ninterface Two { b: string }\nlet two: Two = { a: 123, b: 'hello' };",
      "[two.a, two.b]",
    ],
    [
      "the types of a module",
      "true",
      "import * as os from 'os'; const os2 = os; import { CpuInfo } from 'os'; let cpu: CpuInfo | undefined;",
      "os2.cpus().length > 0",
    ],
    [
      "a type in place of an imported value",
      "1",
      "import { cpus } from 'os';",
      "type cpus = number; const one: cpus = 1; one",
    ],
    [
      "a value in place of an imported type",
      "10",
      "import { UserInfo } from 'os';",
      "let UserInfo = 10; UserInfo",
    ],
    [
      "a class in place of an interface",
      "text",
      "interface Kind { x: number }",
      "class Kind { y = 'text' }",
      "new Kind().y",
    ],
    ["a value in place of a class", "10", "class Made {}", "let Made = 10;", "Made"],
    ["a name of a global", "12", "let process1 = process;", "let setImmediate = 12; setImmediate"],
    [
      "Promise as a class of one's own",
      "0",
      "async function zero() { return 0 }\nclass Promise {}",
      "await zero()",
    ],
    ["a class whose name is in use", "7", "class Map { own() { return 7 } }", "new Map().own()"],
    ["no value of a declaration", undefined, "let y2 = 3 + 4\n;let z2 = y2 * y2;"],
    ["the value behind a line that begins with a semicolon", "49", "let y3 = 3 + 4\n;y3 * y3;"],
    ["the same expression twice", "x", "'x'", "'x'"],
    ["files that import files", "BBBAAA", 'import { c } from "./part/deep/c"; c'],
    ["a name of the kernel's", "123", "let require = 123; require"],
  ])("%s", async (_what, wanted, ...cells) => {
    expect(await last(...cells)).toBe(wanted);
  });

  test("a file keeps its state, and is read again when it has changed", async () => {
    const once = await last('import { id } from "./part/random"; id');
    expect(await last('import { id } from "./part/random"; id')).toBe(once);
    expect(await last('import { value } from "./part/changing"; value')).toBe("first");
    await writeFile(join(folder, "part", "changing.ts"), 'export const value = "second";');
    expect(await last('import { value } from "./part/changing"; value')).toBe("second");
  });

  test("an interrupt when nothing runs changes nothing; one of a wait ends it", async () => {
    await kernel.interrupt();
    expect(await last("await (await import('node:timers/promises')).setTimeout(10, 'done')")).toBe(
      "done",
    );
    const cell = kernel.start("await (await import('node:timers/promises')).setTimeout(60_000)");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await kernel.interrupt();
    expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
  });

  test("code runs as fast as outside, and twenty cells take less than a second each", async () => {
    const fib = "function fast(n: number): number { return n > 1 ? fast(n - 1) + fast(n - 2) : 1 }";
    const timed = `${fib}\nlet from = Date.now(); fast(30); Date.now() - from`;
    expect(Number(await last(timed))).toBeLessThan(2000);
    await kernel.run("let n = 0;");
    for (let index = 1; index <= 20; index++) await kernel.run(`n += ${index};`);
    expect(await last("n")).toBe("210");
  });
});

describe("what is refused", () => {
  test.each([
    ["let x9 + y9;", /SyntaxError|TS1005/],
    ["let x9 + 10;", /SyntaxError|TS1005/],
    ["throw new Error('my error');", /^Error: my error$/],
    ["let t: string = 10;", /TS2322: Type 'number' is not assignable to type 'string'/],
    ["let div = document.createElement('div');", /TS2584: Cannot find name 'document'/],
    ["let twice = 3; let twice = 4;", /already been declared|TS2451/],
    ["interface Shape { color: string }\nclass Round implements Shape {}", /TS2420: Class 'Round'/],
    ["const fixed = 1; fixed = 2", /TS2588|constant/],
    ['import { a } from "./part/wrong";', /part\/wrong\.ts: TS2322: Type 'string'/],
    ["let f = function () { return await hi('a') }", /await/],
    ["let g = () => { return await hi('a') }", /await/],
    ["let g2 = () => await hi('a')", /await/],
    ["function g3() { return await hi('a') }", /await/],
    ["class G { m() { return await hi('a') } }", /await/],
    ["namespace ns { await hi('a') }", /await/],
  ])("%s", async (code, message) => {
    await kernel.run("async function hi(who: string) { return 'hi ' + who }");
    expect(await last(code)).toMatch(message);
  });

  test("an assignment to a constant of an earlier cell, and a type that became another", async () => {
    await kernel.run("const before: number = 3; let text: number = 1;");
    expect(await last("before = before * before")).toMatch(/TS2588/);
    await kernel.run("let text: string = 'a';");
    expect(await last("text++")).toMatch(/TS2356/);
  });
});
