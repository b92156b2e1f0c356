import { expect, test } from "vitest";
import { TestKernel, textOf, type Run } from "./client.js";

const SMALL = { args: ["--check=off"], env: { NODE_OPTIONS: "--max-old-space-size=40" } };
const FILL = "const all: unknown[] = []; for (;;) all.push(new Array(100_000).fill(0.5));";

function kinds({ messages }: Run): string[] {
  return messages.map(({ header, content }) =>
    header.msg_type === "status" ? String(content["execution_state"]) : header.msg_type,
  );
}

// Only on Linux the runtime can be held: see `runtime/fatal-brake.ts`.
const isLinux = process.platform === "linux";

test.runIf(isLinux)(
  "a cell that uses up the memory fails, with what it had printed, before the kernel ends",
  async () => {
    const kernel = await TestKernel.start(SMALL);
    await kernel.run("const before = 1; console.log(before)");
    const cell = kernel.start(`console.log("before"); console.error("last"); ${FILL}`);
    const next = kernel.start("console.log('not run')");
    const run = await cell.ended;
    expect(textOf(run)).toBe("before\n");
    expect(textOf(run, "stderr")).toBe("last\n");
    expect(kinds(run).at(-2)).toBe("error");
    expect(run.reply.content).toMatchObject({
      status: "error",
      ename: "OutOfMemoryError",
      evalue: expect.stringMatching(/^The memory of this kernel is used up \(\d+ MB\), so it ends/),
    });
    expect((await next.ended).reply.content["status"]).toBe("aborted");
    expect(await kernel.process.exited).toEqual({ code: null, signal: "SIGKILL" });
    await kernel.stop();
  },
);

test.runIf(isLinux)("the same after a wait, and while no cell runs", async () => {
  const kernel = await TestKernel.start(SMALL);
  const error = kernel.next(({ header }) => header.msg_type === "error");
  const run = await kernel.run(
    `setTimeout(() => { console.log("later"); ${FILL} }, 50); process.report.filename.length`,
  );
  expect(run.reply.content["status"]).toBe("ok");
  expect((await error).content["ename"]).toBe("OutOfMemoryError");
  expect((await error).parent_header).toMatchObject({ msg_id: run.reply.parent_header.msg_id });
  expect(kernel.published.some(({ content }) => content["text"] === "later\n")).toBe(true);
  await kernel.process.exited;
  await kernel.stop();
});

test("a child's end by its memory is the child's, and a report is written as ever", async () => {
  const kernel = await TestKernel.start({ args: ["--check=off"] });
  const run = await kernel.run(`
    import { spawnSync } from "node:child_process";
    import { readFileSync } from "node:fs";
    const args = ["--max-old-space-size=20", "-e", ${JSON.stringify(FILL.replace(": unknown[]", ""))}];
    const { signal } = spawnSync(process.execPath, args, { stdio: "inherit" });
    console.log(signal, JSON.parse(readFileSync(process.report.writeReport(), "utf8")).header.trigger);
  `);
  expect(textOf(run)).toMatch(/^SIG\w+ API\n$/);
  expect((await kernel.run("1 + 1")).reply.content["status"]).toBe("ok");
  await expect
    .poll(() => kernel.published.map(({ content }) => content["text"]).join(""), { timeout: 5000 })
    .toMatch(/out of memory/);
  await kernel.stop();
});
