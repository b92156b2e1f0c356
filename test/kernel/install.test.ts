import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findKernelSpec } from "#jupyter/kernelspec.js";
import { install } from "#kernel/install/install.js";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";

const packageFile = createRequire(import.meta.url).resolve("typescript-kernel/package.json");
const program = join(dirname(packageFile), "dist", "bundle", "cli.js");
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-install");
});
afterAll(() => removeFolder(folder));

test("the command installs a kernelspec that Jupyter finds, also a second time", async () => {
  const prefix = join(folder, "a prefix");
  for (const check of ["off", "warn"]) {
    const args = [program, "install", "--prefix", prefix, "--check", check];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    for (const name of ["typescript", "javascript"]) {
      expect(stdout).toContain(join(prefix, "share", "jupyter", "kernels", name));
    }
  }
  const spec = await findKernelSpec("typescript", [join(prefix, "share", "jupyter")]);
  expect(spec).toMatchObject({ displayName: "TypeScript (Node.js)", interruptMode: "message" });
  const kernel = join(program, "..", "runtime", "runtime-thread.js");
  expect(spec.argv).toEqual([process.execPath, kernel, "{connection_file}", "--check=warn"]);
  const pasted = await findKernelSpec("javascript", [join(prefix, "share", "jupyter")]);
  expect(pasted).toMatchObject({ displayName: "JavaScript (Node.js)", language: "javascript" });
  expect(pasted.argv.slice(2)).toEqual([
    "{connection_file}",
    "--language=javascript",
    "--check=warn",
  ]);
});

test.each([
  [["--prefix", "x", "--user"], /one of/],
  [["--check", "sometimes"], /error, warn or off/],
  [["--prefx", "x"], /--prefix DIR/],
])("%j is refused with what to do", async (args, message) => {
  await expect(install(args)).rejects.toThrow(message);
});
