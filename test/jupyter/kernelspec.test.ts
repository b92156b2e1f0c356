import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UnknownKernelError } from "#jupyter/errors.js";
import { dataFolders, findKernelSpec } from "#jupyter/kernelspec.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "redis lab spec-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function install(where: string, name: string, content: string): Promise<void> {
  await mkdir(join(folder, where, "kernels", name), { recursive: true });
  await writeFile(join(folder, where, "kernels", name, "kernel.json"), content);
}

const spec = (display_name: string) =>
  JSON.stringify({ argv: ["run", "{connection_file}"], display_name, language: "typescript" });

test("the first folder wins, and the case of a name does not matter", async () => {
  await install("a", "Deno", spec("first"));
  await install("b", "deno", spec("second"));
  const found = await findKernelSpec("DENO", [join(folder, "a"), join(folder, "b")]);
  expect(found).toMatchObject({ displayName: "first", name: "deno", interruptMode: "signal" });
});

test("broken and argument-less specs are passed over, and the error names the others", async () => {
  await install("a", "broken", "{");
  await install("a", "empty", "{}");
  await install("a", "good", spec("good"));
  const error = await findKernelSpec("broken", [join(folder, "a")]).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(UnknownKernelError);
  expect((error as UnknownKernelError).known).toEqual(["good"]);
  expect((error as Error).message).toMatch(/"broken".*There are: good.*JUPYTER_PATH/);
});

test("JUPYTER_PATH comes before the user's own folder and environments", () => {
  const env = { JUPYTER_PATH: ["one", "two"].join(delimiter), JUPYTER_DATA_DIR: "own" };
  const folders = dataFolders("project", { ...env, VIRTUAL_ENV: "venv" });
  expect(folders.slice(0, 5)).toEqual([
    "one",
    "two",
    "own",
    join("venv", "share", "jupyter"),
    join("project", ".venv", "share", "jupyter"),
  ]);
});
