import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start();
  // The first cell may run unchecked when the checker is slow to start: wait until it is there.
  let name: unknown;
  while (name !== "TypeScriptError") {
    name = (await kernel.run("const first: number = 'x'")).reply.content["ename"];
  }
});
afterAll(() => kernel.stop());

const plain = (text: string) => stripVTControlCharacters(text);

test("a type error stops its cell before it runs, with code, line and caret", async () => {
  const { reply, messages } = await kernel.run("console.log('ran');\nconst n: number = 'text';");
  expect(reply.content["ename"]).toBe("TypeScriptError");
  expect(reply.content["evalue"]).toBe("TS2322: Type 'string' is not assignable to type 'number'.");
  const traceback = plain((reply.content["traceback"] as string[]).join("\n"));
  expect(traceback).toMatch(new RegExp(`Cell ${String(reply.content["execution_count"])}, line 2`));
  expect(traceback).toMatch(/\n\s*\|\s+\^\n?/);
  expect(messages.map(({ header }) => header.msg_type)).not.toContain("stream");
});

test("types are strict, and those of earlier cells count", async () => {
  await kernel.run("const text: string | null = Math.random() > 2 ? 'a' : null");
  expect((await kernel.run("text.length")).reply.content["evalue"]).toMatch(
    /possibly 'null'|TS18047/,
  );
  await kernel.run("const text: number = 1");
  expect(shown(await kernel.run("text.toFixed(1)"))).toBe("1.0");
});

test("comments turn checks into warnings, off and on again", async () => {
  const once = await kernel.run("// @ts-nocheck\nconst a1: number = 'a'; a1");
  expect([shown(once), textOf(once, "stderr")]).toEqual(["a", ""]);
  const warned = await kernel.run("// @check warn\nconst b1: number = 'b'; b1");
  expect(shown(warned)).toBe("b");
  expect(plain(textOf(warned, "stderr"))).toContain("TS2322");
  expect(shown(await kernel.run("// @check off\nconst c1: number = 'c'; c1"))).toBe("c");
  expect(shown(await kernel.run("const d1: number = 'd'; d1"))).toBe("d");
  expect(
    (await kernel.run("// @check on\nconst e1: number = 'e'; e1")).reply.content["status"],
  ).toBe("error");
});

test("what the kernel gives to cells has types", async () => {
  const { reply } = await kernel.run(
    "import { display } from 'tslab'; import { clearOutput } from 'typescript-kernel';\n" +
      "const answer = (): string | null => prompt('?'); [typeof display.html, typeof clearOutput, typeof answer, __dirname, import.meta.url].length",
  );
  expect(reply.content).toMatchObject({ status: "ok" });
});

test("completion and inspection count the cursor in code points, after an emoji, too", async () => {
  const code = "const s = '😀'; s.toUpp";
  const reply = await kernel.ask("complete_request", { code, cursor_pos: Array.from(code).length });
  expect(reply["matches"]).toContain("toUpperCase");
  const points = Array.from(code);
  expect(points.slice(Number(reply["cursor_start"]), Number(reply["cursor_end"])).join("")).toBe(
    "toUpp",
  );
  const inspected = "'😀'; const here = 1; here";
  const found = await kernel.ask("inspect_request", {
    code: inspected,
    cursor_pos: Array.from(inspected).length,
    detail_level: 0,
  });
  expect(found["found"]).toBe(true);
  expect(JSON.stringify(found["data"])).toContain("const here");
});
