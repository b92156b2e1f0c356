import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../root.js";
import { shown, TestKernel } from "./client.js";

// Below the folder from which the kernel itself is loaded: Node knows that one already.
let folder: string;
let kernel: TestKernel;
beforeAll(async () => {
  await mkdir(join(root, ".lab"), { recursive: true });
  folder = await mkdtemp(join(root, ".lab", "linked-"));
  await mkdir(join(folder, "real", "node_modules", "counter"), { recursive: true });
  await mkdir(join(folder, "notebook"));
  const counter = join(folder, "real", "node_modules", "counter", "index.js");
  await writeFile(counter, "module.exports = { file: __filename, count: 0 };");
  await symlink(join(folder, "real", "node_modules"), join(folder, "notebook", "node_modules"));
  kernel = await TestKernel.start({ cwd: join(folder, "notebook") });
});
afterAll(async () => {
  await kernel.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a package that is reached by a link is one, however it is loaded", async () => {
  const code = `// @ts-nocheck
import { createRequire } from "node:module";
const required = createRequire(process.cwd() + "/")("counter");
const imported = (await import("counter")).default;
required === imported ? required.file : "two"`;
  const file = await realpath(join(folder, "real", "node_modules", "counter", "index.js"));
  expect(shown(await kernel.run(code))).toBe(file);
});
