import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
beforeAll(start);
// One that has ended fails its own test only.
beforeEach(async () => {
  if (kernel.process.exit !== undefined) await start();
});
async function start() {
  kernel = await TestKernel.start({ args: ["--check=off"] });
  await kernel.run("let n = 0; const kept = 'kept'; const begun = () => console.log('begun')");
}
afterAll(() => kernel.stop());

const STATES: Readonly<Record<string, string>> = {
  "a loop": "begun(); while (true) n++",
  "a loop after an await": "await null; begun(); while (true) n++",
  "a loop in a callback":
    "setTimeout(() => { begun(); while (true) n++ }); await new Promise(() => {})",
  "a pending await": "begun(); await new Promise(() => {})",
  "awaits that never leave the microtasks": "begun(); while (true) await null",
  "a loop of awaits in a function":
    "begun(); async function turn() { while (true) { await new Promise((r) => setTimeout(r, 2)); n++ } } await turn()",
  "a loop that catches everything":
    "begun(); while (true) { try { await new Promise((_, j) => setTimeout(j, 2)) } catch { n++ } }",
  "a wait for another thread":
    "begun(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
};

test.each(
  Object.keys(STATES).flatMap(
    (state) =>
      [
        [state, "message"],
        [state, "signal"],
      ] as const,
  ),
)("%s is stopped by %s within 500 ms, and state is kept", async (state, by) => {
  const begun = kernel.next(({ content }) => String(content["text"]).startsWith("begun"));
  const cell = kernel.start(STATES[state] as string);
  await begun;
  const asked = performance.now();
  if (by === "message") await kernel.interrupt();
  else process.kill(kernel.process.child.pid as number, "SIGINT");
  const { reply } = await cell.ended;
  expect(performance.now() - asked).toBeLessThan(500);
  expect(reply.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(shown(await kernel.run("kept"))).toBe("kept");
  const before = shown(await kernel.run("n"));
  await sleep(20);
  expect(shown(await kernel.run("n")), "the cell must not go on").toBe(before);
});

test("a loop that prints is stopped, and later cells print on", async () => {
  const begun = kernel.next(({ content }) => String(content["text"]).startsWith("begun"));
  const cell = kernel.start("begun(); while (true) console.log(n++)");
  await begun;
  await kernel.interrupt();
  expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
  expect(textOf(await kernel.run("console.log('heard')"))).toBe("heard\n");
});

// A termination comes at any step of Node's own code: what it can break shows in some of many.
test("one kernel stands many interrupts", async () => {
  for (let turn = 0; turn < 15; turn++) {
    for (const code of ["while (true) await null", "while (true) console.log(n++)"]) {
      const begun = kernel.next(({ content }) => String(content["text"]).startsWith("begun"));
      const cell = kernel.start(`begun(); ${code}`);
      await begun;
      await kernel.interrupt();
      expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
    }
  }
  expect(shown(await kernel.run("kept"))).toBe("kept");
});

// Since Node 22, V8 ends the process when a wait is collected that the debugger has begun.
test("what is collected as garbage neither ends a cell that waits for ever nor the kernel", async () => {
  await kernel.run(`require("node:v8").setFlagsFromString("--expose-gc");
    const collect = require("node:vm").runInNewContext("gc") as () => void;`);
  const heard = (text: string) =>
    kernel.next(({ content }) => String(content["text"]).startsWith(text));
  const collected = heard("collected");
  const cell = kernel.start(
    "setTimeout(() => { collect(); console.log('collected'); }, 20); await new Promise(() => {})",
  );
  await collected;
  expect(await Promise.race([cell.ended, sleep(200, "it waits")])).toBe("it waits");
  await kernel.interrupt();
  expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
  const begun = heard("begun");
  const loop = kernel.start("await null; begun(); while (true) n++");
  await begun;
  await kernel.interrupt();
  await loop.ended;
  expect(shown(await kernel.run("collect(); await new Promise(setImmediate); kept"))).toBe("kept");
});

test("a native call is stopped as soon as it returns", async () => {
  const cell = kernel.start(
    "require('node:child_process').execSync('sleep 0.3'); while (true) n++",
  );
  await sleep(100);
  await kernel.interrupt();
  expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
});

test("SIGINT without a running cell changes nothing", async () => {
  process.kill(kernel.process.child.pid as number, "SIGINT");
  await sleep(50);
  expect(shown(await kernel.run("1 + 1"))).toBe("2");
});

test("the heartbeat, kernel_info and completion answer while a loop runs", async () => {
  const begun = kernel.next(({ content }) => String(content["text"]).startsWith("begun"));
  const cell = kernel.start("begun(); while (true) n++");
  await begun;
  expect(await kernel.beat("ping")).toBe("ping");
  expect(await kernel.ask("kernel_info_request", {}, "control")).toMatchObject({ status: "ok" });
  expect(await kernel.ask("is_complete_request", { code: "1" })).toMatchObject({
    status: "complete",
  });
  await kernel.interrupt();
  await cell.ended;
});
