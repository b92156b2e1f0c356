import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach } from "vitest";
import { root } from "../root.js";

/** A fresh folder for each test; its name has a space and a letter beyond ASCII. */
export function freshFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "services ż-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

/** Writes a shell script that can be executed. */
export async function writeProgram(file: string, script = ""): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

/** What a plain Node process imports; `npm test` builds it first. */
export const built = (name: `${string}/${string}`) =>
  pathToFileURL(join(root, "src", name.replace("/", "/dist/"))).href;

/** Runs a test again until it passes or the time is over: processes end when they end. */
export async function eventually(check: () => Promise<boolean>, milliseconds = 5000) {
  const deadline = Date.now() + milliseconds;
  while (!(await check()) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return check();
}
