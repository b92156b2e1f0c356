import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { TestKernel } from "./client.js";

let home: string;
beforeAll(async () => {
  home = await temporaryFolder("redis-lab-test-history");
});
afterAll(() => removeFolder(home));

const file = () => join(home, "typescript-kernel", "history.jsonl");

async function withKernel<T>(use: (kernel: TestKernel) => Promise<T>): Promise<T> {
  const env = { JUPYTER_DATA_DIR: home };
  const kernel = await TestKernel.start({ env, args: ["--check=off"], keepsHistory: true });
  try {
    return await use(kernel);
  } finally {
    await kernel.stop();
  }
}

const ask = async (kernel: TestKernel, content: Record<string, unknown>) =>
  (await kernel.ask("history_request", { raw: true, output: false, ...content }))["history"];

test("inputs are there after a restart, for their user only", async () => {
  await withKernel(async (kernel) => {
    await kernel.run("'first session'");
    await kernel.run("'not kept'", { store_history: false });
    await kernel.run("'secret'", { silent: true });
  });
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  await withKernel(async (kernel) => {
    await kernel.run("'second session'");
    expect(await ask(kernel, { hist_access_type: "tail", n: 5 })).toEqual([
      [1, 1, "'first session'"],
      [2, 1, "'second session'"],
    ]);
    expect(await ask(kernel, { hist_access_type: "range", session: -1 })).toEqual([
      [1, 1, "'first session'"],
    ]);
    expect(await ask(kernel, { hist_access_type: "range", session: 0 })).toEqual([
      [2, 1, "'second session'"],
    ]);
    expect(await ask(kernel, { hist_access_type: "search", pattern: "*first*" })).toHaveLength(1);
  });
});

test("the file is bounded, whatever stands in it, and closed to others again", async () => {
  const lines = Array.from({ length: 3000 }, (_, index) => JSON.stringify([7, index, `${index}`]));
  await writeFile(file(), `${lines.join("\n")}\nno entry\n{"a":1}\n[7, 3001, "cut o`);
  await chmod(file(), 0o644);
  await withKernel(async (kernel) => {
    await kernel.run("'after'");
    await kernel.run(`"${"x".repeat(30_000)}"`);
  });
  const kept = (await readFile(file(), "utf8")).trimEnd().split("\n");
  expect(kept.length).toBeLessThanOrEqual(1001);
  expect(kept.at(-1)).toBe("[8,1,\"'after'\"]");
  expect((await stat(file())).mode & 0o777).toBe(0o600);
});

test("where nothing can be written, cells run", async () => {
  const blocked = join(home, "blocked");
  await mkdir(blocked);
  await writeFile(join(blocked, "typescript-kernel"), "a file in its place");
  const kernel = await TestKernel.start({
    env: { JUPYTER_DATA_DIR: blocked },
    args: ["--check=off"],
    keepsHistory: true,
  });
  try {
    expect((await kernel.run("1")).reply.content["status"]).toBe("ok");
    expect(await ask(kernel, { hist_access_type: "tail", n: 5 })).toEqual([[1, 1, "1"]]);
  } finally {
    await kernel.stop();
  }
});
