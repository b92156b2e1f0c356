import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UsageError } from "#runner/errors.js";
import { selectFiles } from "#runner/read/select-files.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "redis lab żółw-"));
  await mkdir(join(folder, "sub", ".ipynb_checkpoints"), { recursive: true });
  await mkdir(join(folder, "empty"));
  const names = ["10.ipynb", "2.ipynb", "a [1].ipynb", "note.txt", "sub/ś.ipynb"];
  for (const name of [...names, "sub/.ipynb_checkpoints/2-checkpoint.ipynb"]) {
    await writeFile(join(folder, name), "{}");
  }
});
afterAll(() => rm(folder, { recursive: true }));

const select = async (...names: string[]) =>
  (await selectFiles(names, [folder])).map((file) => basename(file));

test("a folder gives all below it in natural order, without checkpoints", async () => {
  expect(await select(".")).toEqual(["2.ipynb", "10.ipynb", "a [1].ipynb", "ś.ipynb"]);
});

test("globs and files mix, and each file comes once", async () => {
  expect(await select("*2*.ipynb", "2.ipynb", "sub")).toEqual(["2.ipynb", "ś.ipynb"]);
});

test("a file whose name looks like a glob is a file", async () => {
  expect(await select("a [1].ipynb")).toEqual(["a [1].ipynb"]);
});

test("a file to which links lead, in circles even, comes once", async () => {
  const linked = join(folder, "linked");
  await mkdir(join(linked, "below"), { recursive: true });
  await writeFile(join(linked, "one.ipynb"), "{}");
  await symlink("..", join(linked, "below", "up"));
  await symlink("one.ipynb", join(linked, "also.ipynb"));
  await symlink("self.ipynb", join(linked, "self.ipynb"));
  expect(await selectFiles(["linked"], [folder])).toEqual([join(linked, "one.ipynb")]);
  await rm(linked, { recursive: true });
});

test("a later folder is looked at when the first has nothing of the name", async () => {
  const files = await selectFiles(["2.ipynb"], [join(folder, "empty"), folder]);
  expect(files).toEqual([join(folder, "2.ipynb")]);
});

test.each([
  ["missing.ipynb", /no such file/],
  ["x*.ipynb", /no notebook matches/],
  ["empty", /holds no notebook/],
])("%s is refused", async (name, reason) => {
  await expect(select(name)).rejects.toThrow(UsageError);
  await expect(select(name)).rejects.toThrow(reason);
});
