import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shown, TestKernel } from "./client.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start({ args: ["--check=off"] });
  await kernel.run(
    `import { exec, execFile, execFileSync, execSync, spawn, spawnSync } from "node:child_process";
     import { once } from "node:events";
     import { promisify } from "node:util";
     import { setTimeout as slept } from "node:timers/promises";
     const begun = () => process.stdout.write("begun\\n");`,
  );
});
afterAll(() => kernel.stop());

let lastMark = 30_000;
/** A time to sleep that no other process sleeps: by it the processes are found. */
const mark = () => `${++lastMark}.${process.pid}`;

/** The command lines of processes that hold a text. */
async function running(text: string): Promise<string[]> {
  const lines = shown(
    await kernel.run(
      `execSync("ps -A -o args=", { encoding: "utf8" }).split("\\n").filter((line) => line.includes("${text}") && !line.includes("ps -A")).join()`,
    ),
  );
  return String(lines).split(",").filter(Boolean);
}

/** Runs a cell until it has begun, interrupts it, and gives its end and how long that took. */
async function interrupted(code: string) {
  const begun = kernel.next(({ content }) => String(content["text"]).startsWith("begun"));
  const cell = kernel.start(code);
  await begun;
  await sleep(100);
  const asked = performance.now();
  await kernel.interrupt();
  const { reply } = await cell.ended;
  return { ename: reply.content["ename"], took: performance.now() - asked };
}

const WAITS: Readonly<Record<string, string>> = {
  execSync: "execSync('sleep TIME')",
  "execSync of two commands": "execSync('sleep TIME; true')",
  "execSync in a try": "for (;;) { try { execSync('sleep TIME; true') } catch {} }",
  spawnSync: "spawnSync('sleep', ['TIME'])",
  "spawnSync, stdio inherited": "spawnSync('sleep', ['TIME'], { stdio: 'inherit' })",
  execFileSync: "execFileSync('sleep', ['TIME'])",
  "a required spawnSync": "require('child_process').spawnSync('sleep', ['TIME'])",
  "a process that does not want to end": 'execSync(`trap "" INT TERM; sleep TIME; sleep TIME`)',
  "promisify(exec)": "await promisify(exec)('sleep TIME; true')",
  "promisify(execFile)": "await promisify(execFile)('sleep', ['TIME'])",
  "a call-back": "await new Promise((end) => exec('sleep TIME; true', end))",
  "spawn and an event": "await once(spawn('sh', ['-c', 'sleep TIME; true']), 'close')",
  "what a process prints": "for await (const _ of spawn('sleep', ['TIME']).stdout);",
  "a process and its own children":
    "await promisify(exec)('sh -c \"sleep TIME; true\" & sleep TIME; true')",
};

test.each(Object.entries(WAITS))("%s ends with the cell, within a second", async (_name, code) => {
  const time = mark();
  const { ename, took } = await interrupted(`begun(); ${code.replaceAll("TIME", time)}`);
  expect([ename, took < 1000]).toEqual(["KeyboardInterrupt", true]);
  // Those that had to be killed are gone soon after.
  await expect.poll(() => running(time), { timeout: 2000 }).toEqual([]);
});

test("what an earlier cell has started ends if the stopped one awaits it, and lives on otherwise", async () => {
  const [awaited, other] = [mark(), mark()];
  await kernel.run(`const waited = promisify(exec)("sleep ${awaited}; true")`);
  await kernel.run(`const server = spawn("sleep", ["${other}"])`);
  await interrupted("begun(); while (true) {}");
  await interrupted("begun(); execSync('sleep 30000')");
  expect([await running(awaited), await running(other)].flat().length).toBeGreaterThanOrEqual(2);
  expect((await interrupted("begun(); await waited")).ename).toBe("KeyboardInterrupt");
  await expect.poll(() => running(awaited), { timeout: 2000 }).toEqual([]);
  expect(await running(other)).toHaveLength(1);
  expect(shown(await kernel.run("server.kill()"))).toBe("true");
});

test("a process that is to live on by itself does", async () => {
  const time = mark();
  await interrupted(
    `const own = spawn("sleep", ["${time}"], { detached: true }); begun(); await slept(60_000)`,
  );
  expect(await running(time)).toHaveLength(1);
  await kernel.run("own.kill()");
});

test("an interrupt that is late for a process stops no later cell", async () => {
  for (let round = 0; round < 5; round++) {
    await interrupted("begun(); spawnSync('sleep', ['0.15'])");
    expect(shown(await kernel.run("await slept(300, 'whole')"))).toBe("whole");
  }
});
