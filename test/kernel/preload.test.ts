import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
let folder: string;

const PACKAGES: Readonly<Record<string, string>> = {
  loud: "console.log('loading loud'); exports.volume = 11;",
  rude: "console.log('loading rude'); throw new Error('rude');",
  later: "exports.n = 1; setTimeout(() => console.log('later'), 50);",
  effect: "globalThis.effects = (globalThis.effects ?? 0) + 1;",
  endless: "console.log('begun'); while (true);",
};

beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-preload");
  for (const [name, text] of Object.entries(PACKAGES)) {
    const path = join(folder, "node_modules", name);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, "index.js"), text);
    await writeFile(
      join(path, "index.d.ts"),
      "export const volume: number; export const n: number;",
    );
  }
  kernel = await TestKernel.start({ cwd: folder });
  let name: unknown;
  while (name !== "TypeScriptError") {
    name = (await kernel.run("const first: number = 'x'")).reply.content["ename"];
  }
});
afterAll(async () => {
  await kernel.stop();
  await removeFolder(folder);
});

test("what a package prints while it loads shows once, in the cell that imports it", async () => {
  const run = await kernel.run('import { volume } from "loud"; volume');
  expect([textOf(run), shown(run)]).toEqual(["loading loud\n", "11"]);
  expect(textOf(await kernel.run('import { volume as again } from "loud"; again'))).toBe("");
});

test("a package that cannot be loaded is an error of the cell that imports it", async () => {
  const run = await kernel.run('import { volume as v } from "rude"; v');
  expect(run.reply.content).toMatchObject({ status: "error", ename: "Error", evalue: "rude" });
  expect(textOf(run)).toBe("loading rude\n");
});

test("what a package does later belongs to the cell that imported it", async () => {
  const heard = kernel.next(({ content }) => content["text"] === "later\n");
  const run = await kernel.run('import { n } from "later"; n');
  await kernel.run("1");
  expect((await heard).parent_header.msg_id).toBe(run.reply.parent_header.msg_id);
});

test("what is imported for what it does waits until the types are right", async () => {
  const wrong = await kernel.run('import "effect"; const no: number = "text";');
  expect(wrong.reply.content["ename"]).toBe("TypeScriptError");
  expect(shown(await kernel.run("(globalThis as any).effects ?? 'none'"))).toBe("none");
  await kernel.run('import "effect"');
  expect(shown(await kernel.run("(globalThis as any).effects"))).toBe("1");
});

test("a package that never ends to load is interrupted", async () => {
  const begun = kernel.next(({ content }) => content["text"] === "begun\n");
  const cell = kernel.start('import { n as e } from "endless"; e');
  await begun;
  await kernel.interrupt();
  expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
  expect(shown(await kernel.run("2 + 2"))).toBe("4");
});
