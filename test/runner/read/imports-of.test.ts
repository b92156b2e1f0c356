import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changedNotebooks } from "#runner/read/changed.js";
import { UsageError } from "#runner/errors.js";
import { importsOf } from "#runner/read/imports-of.js";
import { readNotebook } from "#runner/read/notebook.js";
import { notebookText } from "../fixtures.js";

// A small project under git: a package of its own, one of others, a helper, notebooks.
let folder: string;
const git = (...args: string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@t", ...args]);
const write = async (name: string, text: string) => {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
};
const cells = (source: string) => notebookText([{ source }]);

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "changed żółw ")));
  await write("lib/package.json", '{"name":"own"}');
  await write("lib/index.ts", 'export * from "../shared/deep.js";');
  await write("lib/dist/index.js", "");
  await write("shared/deep.ts", "export const deep = 1;");
  await write("node_modules/other/package.json", '{"name":"other"}');
  await write("node_modules/other/index.js", "");
  await symlink(join(folder, "lib"), join(folder, "node_modules/own"));
  await write("nb/helper.ts", 'import { deep } from "../shared/deep";');
  await write("nb/tools.py", "x = 1");
  await write("nb/own.ipynb", cells('import { deep } from "own";'));
  await write("nb/helped.ipynb", cells("const { x } = await import('./helper');"));
  await write("nb/python.ipynb", cells("from tools import x"));
  await write("nb/ś alone.ipynb", cells('import other from "other"; // from "./nothing"'));
  await write(".gitignore", "node_modules\ndist\n");
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "first");
});
afterAll(() => rm(folder, { recursive: true }));

async function changed(revision = "HEAD"): Promise<string[]> {
  const names = ["own", "helped", "python", "ś alone"];
  const files = names.map((name) => join(folder, "nb", `${name}.ipynb`));
  const found = await changedNotebooks(await Promise.all(files.map(readNotebook)), revision);
  return found.map(({ file }) => basename(file, ".ipynb"));
}

test("imports are followed through files and own packages, not into those of others", async () => {
  const found = await importsOf(join(folder, "nb/x.ipynb"), 'import "own"; import "other";');
  expect([...found].map((file) => relative(folder, file)).toSorted()).toEqual([
    "lib/index.ts",
    "lib/package.json",
    "shared/deep.ts",
  ]);
});

describe("what differs from a revision", () => {
  test("is nothing at first", async () => {
    expect(await changed()).toEqual([]);
  });

  test("is a notebook whose file does", async () => {
    await write("nb/ś alone.ipynb", cells("1"));
    expect(await changed()).toEqual(["ś alone"]);
    git("commit", "-qam", "second");
    expect([await changed(), await changed("HEAD~1")]).toEqual([[], ["ś alone"]]);
  });

  test("is what imports a file that does, at any depth", async () => {
    await write("shared/deep.ts", "export const deep = 2;");
    await write("nb/tools.py", "x = 2");
    expect(await changed()).toEqual(["own", "helped", "python"]);
    git("commit", "-qam", "third");
  });

  test("is what git does not know yet", async () => {
    await write("lib/new.ts", "");
    expect(await changed()).toEqual(["own"]);
    await rm(join(folder, "lib/new.ts"));
  });

  test("is all when packages change", async () => {
    await write("package-lock.json", "{}");
    expect(await changed()).toHaveLength(4);
    await rm(join(folder, "package-lock.json"));
  });

  test("cannot be told of a revision that is not there", async () => {
    await expect(changed("nope")).rejects.toThrow(UsageError);
    await expect(changed("nope")).rejects.toThrow(/--changed=nope: git says: .*nope/);
  });
});
