import { afterEach, beforeEach, expect, test } from "vitest";
import { textOf } from "../client.js";
import { DebugClient, texts } from "./debug-client.js";

let client: DebugClient;
beforeEach(async () => {
  client = await DebugClient.start();
});
afterEach(() => client.kernel.stop());

const CELL = `const factor: number = 3;
function scale(values: number[]): number {
  let sum = 0;

  for (const value of values) {
    sum += value * factor;
  }
  return sum;
}
const total = scale([1, 2]);
console.log("total", total);`;

test("a cell stops at a breakpoint, shows its stack and variables, and goes on", async () => {
  expect(await client.breakIn(CELL, 4, 10)).toMatchObject([
    { verified: true, line: 5 },
    { verified: true, line: 10 },
  ]);
  const { ended, stop } = await client.runToStop(CELL);
  expect(stop).toMatchObject({ reason: "breakpoint", threadId: 1, allThreadsStopped: true });
  expect(await client.stack()).toEqual(["Cell 1:10"]);
  await client.step("continue");
  expect(await client.stack()).toEqual(["scale:5", "Cell 1:10"]);
  await client.step("next");
  expect(await client.stack()).toEqual(["scale:6", "Cell 1:10"]);
  expect(texts(await client.scope("Local"))).toEqual(["value: 1", "values: [1, 2]", "sum: 0"]);
  expect(texts(await client.scope("Notebook"))).toEqual(["factor: 3", "scale: ƒ scale(values)"]);
  await client.breakIn(CELL);
  expect(await client.step("stepOut")).toMatchObject({ reason: "step" });
  expect(await client.stack()).toEqual(["Cell 1:11"]);
  await client.ask("continue", { threadId: 1 });
  expect(textOf(await ended)).toBe("total 9\n");
});

test("the path of a frame is that of its cell, which gives the source", async () => {
  const info = await client.ask("debugInfo");
  expect(info).toMatchObject({ isStarted: true, hashMethod: "Murmur2", tmpFileSuffix: ".ts" });
  const { sourcePath } = await client.ask("dumpCell", { code: CELL });
  expect(String(sourcePath).startsWith(String(info["tmpFilePrefix"]))).toBe(true);
  await client.breakIn(CELL, 10);
  const { ended } = await client.runToStop(CELL);
  const [frame] = await client.frames();
  expect(frame?.source).toMatchObject({ name: "Cell 1", path: sourcePath });
  expect(await client.ask("source", { source: frame?.source })).toMatchObject({ content: CELL });
  expect(await client.ask("debugInfo")).toMatchObject({
    stoppedThreads: [1],
    breakpoints: [{ source: sourcePath, breakpoints: [{ line: 10 }] }],
  });
  await client.ask("continue", {});
  await ended;
});

test("a cell that is sent right behind its breakpoints stops at them", async () => {
  const { sourcePath: path } = await client.ask("dumpCell", { code: CELL });
  const set = client.breakAt(String(path), 10);
  // Two sockets keep no order between them: it has come in, and need not be answered.
  await Promise.race([set, new Promise((resolve) => setTimeout(resolve, 20))]);
  const { ended } = await client.runToStop(CELL);
  expect(await client.stack()).toEqual(["Cell 1:10"]);
  await set;
  await client.ask("continue");
  await ended;
});

test("conditions in TypeScript, hit counts and log points", async () => {
  const code = `type Row = { n: number };
let n = 100;
for (let i = 0; i < 6; i++) {
  const row: Row = { n: i };
  row.n++;
  n++;
}`;
  await client.breakIn(
    code,
    { line: 5, condition: "(row as Row).n === 2 && n > 100" },
    { line: 6, hitCondition: "5" },
    { line: 4, logMessage: "at {i}: {n + 1} {nothing}" },
  );
  const logged: unknown[] = [];
  client.kernel.onPublished = ({ content }) => {
    if (content["event"] === "output") logged.push((content["body"] as { output: string }).output);
  };
  const { ended } = await client.runToStop(code);
  expect(texts(await client.scope("Local"))).toEqual(["row: {n: 2}", "i: 2"]);
  await client.step("continue");
  expect(await client.stack()).toEqual(["Cell 1:6"]);
  expect(await client.evaluate("i")).toBe("4");
  await client.breakIn(code);
  await client.ask("continue");
  await ended;
  expect(logged[0]).toMatch(/^at 0: 101 <ReferenceError: nothing is not defined>\n$/);
  expect(logged).toHaveLength(5);
});

test("a name in a condition is the function's own where it has one", async () => {
  const code = `const x = 1;
function f(x: number) {
  return x;
}
f(5); f(7);`;
  await client.breakIn(code, { line: 3, condition: "x === 7" });
  const { ended } = await client.runToStop(code);
  expect(await client.evaluate("x")).toBe("7");
  await client.ask("continue");
  await ended;
});

test("functions of an earlier cell, also of one that ran before the debugger came", async () => {
  const earlier = "function twice(n: number): number {\n  const two = 2;\n  return n * two;\n}";
  await client.ask("disconnect");
  await client.kernel.run(earlier);
  await client.attach();
  expect(await client.breakIn(earlier, 3)).toMatchObject([{ verified: true, line: 3 }]);
  const { ended } = await client.runToStop("\ntwice(21)");
  expect(await client.stack()).toEqual(["twice:3", "Cell 2:2"]);
  expect(texts(await client.scope("Local"))).toEqual(["n: 21", "two: 2"]);
  await client.ask("continue");
  expect((await ended).reply.content["status"]).toBe("ok");
});

test("steps go into functions, across await, and over the end of the cell", async () => {
  const code = `const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
async function slow(n: number): Promise<number> {
  await wait(1);
  return n + 1;
}
const a = await slow(1);
const b = a + 1;`;
  await client.breakIn(code, 6);
  const { ended } = await client.runToStop(code);
  await client.step("stepIn");
  expect((await client.stack())[0]).toBe("slow:3");
  await client.step("next");
  expect(await client.stack()).toEqual(["slow:4", "async Cell 1:6"]);
  await client.step("stepOut");
  expect(await client.stack()).toEqual(["Cell 1:6"]);
  await client.step("next");
  expect((await client.stack())[0]).toBe("Cell 1:7");
  await client.ask("next");
  expect((await ended).reply.content["status"]).toBe("ok");
});

test("a loop is paused, also where nothing runs yet, and at a debugger statement", async () => {
  const begun = client.kernel.next(({ content }) => content["text"] === "begun\n");
  const loop = client.kernel.start(
    "let go = true;\nconsole.log('begun');\nwhile (go) {\n}\nlet done = 1",
  );
  await begun;
  const stopped = client.event("stopped");
  await client.ask("pause", { threadId: 1 });
  expect(await stopped).toMatchObject({ reason: "pause" });
  expect((await client.stack())[0]).toMatch(/^Cell 1:[34]$/);
  await client.evaluate("go = false");
  await client.ask("continue");
  await loop.ended;
  await client.ask("pause", { threadId: 1 });
  const next = await client.runToStop("let first = 1;\nlet second = 2;");
  expect(await client.stack()).toEqual(["Cell 2:1"]);
  await client.ask("continue");
  await next.ended;
  const statement = await client.runToStop("let n = 1;\ndebugger;\nn++");
  expect(await client.stack()).toEqual(["Cell 3:2"]);
  await client.ask("continue");
  await statement.ended;
});

test("a cell that waits is paused when it goes on", async () => {
  const begun = client.kernel.next(({ content }) => content["text"] === "begun\n");
  const waits = client.kernel.start(
    "console.log('begun');\nawait new Promise((r) => setTimeout(r, 300));\nlet after = 1;\nlet last = 2;",
  );
  await begun;
  const stopped = client.event("stopped");
  await client.ask("pause");
  await stopped;
  expect((await client.stack())[0]).toMatch(/Cell 1:[23]|:2/);
  await client.ask("continue");
  await waits.ended;
});

const THROWS = `function fail(): never {
  throw new RangeError("too far");
}
try {
  fail();
} catch {}
await Promise.reject(new Error("dropped")).catch(() => {});
async function later() {
  await null;
  fail();
}
try {
  await later();
} catch {}
await later();`;

test("caught exceptions stop where they are thrown", async () => {
  await client.ask("setExceptionBreakpoints", { filters: ["caught"] });
  const { ended, stop } = await client.runToStop(THROWS);
  expect(stop).toMatchObject({ reason: "exception", text: "RangeError: too far" });
  expect(await client.stack()).toEqual(["fail:2", "Cell 1:5"]);
  expect(await client.ask("exceptionInfo")).toMatchObject({ exceptionId: "RangeError" });
  await client.step("continue");
  expect((await client.stack())[0]).toBe("Cell 1:7");
  await client.step("continue");
  expect(await client.stack()).toEqual(["fail:2", "later:10", "async Cell 1:13"]);
  await client.ask("continue");
  expect((await ended).reply.content).toMatchObject({ ename: "RangeError" });
});

test("uncaught exceptions stop where they are thrown", async () => {
  await client.ask("setExceptionBreakpoints", { filters: ["uncaught"] });
  const { ended } = await client.runToStop(THROWS);
  expect(await client.stack()).toEqual(["fail:2", "later:10", "async Cell 1:15"]);
  await client.ask("continue");
  expect((await ended).reply.content).toMatchObject({ ename: "RangeError" });
  const second = await client.runToStop("\nfail()");
  expect(await client.stack()).toEqual(["fail:2", "Cell 2:2"]);
  await client.ask("setExceptionBreakpoints", { filters: [] });
  await client.ask("continue");
  await second.ended;
  expect((await client.kernel.run("fail()")).reply.content["ename"]).toBe("RangeError");
});
