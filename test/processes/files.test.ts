import { spawnSync } from "node:child_process";
import { chmod, copyFile, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { openStorage } from "redis-lab-jobs";
import { afterEach, expect, test, vi } from "vitest";
import { SmallDisk } from "../../bench/chaos/small-disk.js";
import { guardedFolder } from "#processes/guarded-process.js";
import { toldToUser } from "#processes/user-error.js";
import { freshFolder } from "../lab/fixtures.js";
import { root } from "../root.js";

const folder = freshFolder();
afterEach(() => vi.unstubAllEnvs());

/** Nothing is forbidden to root: so then another one runs it. */
const somebody = process.getuid?.() === 0 ? { uid: 12_345, gid: 12_345 } : {};

/** A folder that `somebody` may read and not write. */
async function readOnly(name: string): Promise<string> {
  const path = join(folder(), name);
  await mkdir(path, { recursive: true });
  for (const one of [folder(), path]) await chmod(one, 0o755);
  if (somebody.uid === undefined) await chmod(path, 0o555);
  return path;
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const options = { env: { PATH: process.env["PATH"], ...env }, encoding: "utf8" } as const;
  const command = [program, ...args];
  const { status, stderr } = spawnSync(process.execPath, command, {
    ...options,
    ...somebody,
    timeout: 30_000,
  });
  expect(stderr).not.toMatch(/^\s+at /m);
  return { status, said: stderr.trim() };
}

test.each([
  ["no home", async () => "", "This user has no home folder: set HOME to one"],
  ["a home that is missing", async () => "/none", "Cannot use /none"],
  ["a home that is read-only", () => readOnly("home"), "permission is missing."],
])("the kernel is installed for a user with %s: one sentence, status 2", async (_, home, text) => {
  const args = ["install", "--user"];
  // As it is published: in one file, where everybody may read it.
  const program = join(await readOnly("kernel"), "cli.cjs");
  await copyFile(join(root, "src/kernel/dist/bundle/cli.js"), program);
  const { status, said } = run(program, args, { HOME: await home() });
  expect(said).toContain(text);
  expect(said.split("\n")).toHaveLength(1);
  expect(status).toBe(2);
});

test("a read-only checkout that is not set up: one sentence, status 2", async () => {
  const checkout = await readOnly("checkout");
  if (somebody.uid === undefined) await chmod(checkout, 0o755);
  for (const file of ["scripts/bootstrap.mjs", "src/processes/lock.mjs", "package-lock.json"]) {
    await mkdir(join(checkout, file, ".."), { recursive: true });
    await copyFile(join(root, file), join(checkout, file));
  }
  await writeFile(join(checkout, "package.json"), '{ "type": "module" }');
  if (somebody.uid === undefined) await chmod(checkout, 0o555);
  const { status, said } = run(join(checkout, "scripts/bootstrap.mjs"), ["start"], {});
  if (somebody.uid === undefined) await chmod(checkout, 0o755);
  expect(said).toMatch(/^The project cannot be set up: EACCES: permission denied.*\.$/);
  expect(status).toBe(2);
});

test("the lab's folder is its user's only, also one that was not", async () => {
  const checkout = join(folder(), "checkout");
  for (const file of ["scripts/bootstrap.mjs", "src/processes/lock.mjs"]) {
    await mkdir(join(checkout, file, ".."), { recursive: true });
    await copyFile(join(root, file), join(checkout, file));
  }
  await mkdir(join(checkout, ".lab"), { mode: 0o755 });
  spawnSync(process.execPath, [join(checkout, "scripts/bootstrap.mjs"), "x"], { timeout: 30_000 });
  expect((await stat(join(checkout, ".lab"))).mode & 0o777).toBe(0o700);
});

test("media are readable by their user only", async () => {
  const storage = await openStorage(join(folder(), "media"));
  const id = await storage.prepare();
  expect(await storage.prepare()).toBe(id);
  await storage.write("incoming/a", Buffer.from("a"));
  await storage.write("incoming/b", Readable.from([Buffer.from("b")]));
  const files = await readdir(join(folder(), "media"), { recursive: true, withFileTypes: true });
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) {
    const { mode } = await stat(join(file.parentPath, file.name));
    expect(`${file.name} ${(mode & 0o777).toString(8)}`).toBe(
      `${file.name} ${file.isFile() ? 600 : 700}`,
    );
  }
});

// Only who may mount something has a disk that can be filled.
test.runIf(await SmallDisk.isPossible())("a full disk is told, and gets nothing", async () => {
  const disk = await SmallDisk.open(300_000);
  try {
    await disk.fill();
    const before = await readdir(disk.path);
    vi.stubEnv("TMPDIR", disk.path);
    const fail = (work: () => unknown) => {
      try {
        work();
      } catch (error) {
        return toldToUser(error)?.message;
      }
    };
    expect(fail(() => guardedFolder("full"))).toMatch(/^Cannot use .*full-.*: the disk is full\.$/);
    expect(await readdir(disk.path)).toEqual(before);
    const storage = await openStorage(join(disk.path));
    await expect(storage.prepare()).rejects.toThrow(/^MEDIA_ROOT is .*ENOSPC/);
    // As an earlier version left it.
    await writeFile(join(disk.path, ".redis-lab-media"), "").catch(() => {});
    await disk.free();
    expect(await storage.prepare()).toMatch(/^[\da-f-]{36}$/);
  } finally {
    await disk.close();
  }
});
