import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { shippedNotebooks } from "#lab/jupyter/shipped-notebooks.js";
import { freshFolder } from "../fixtures.js";

const folder = freshFolder();

async function project(): Promise<void> {
  await mkdir(join(folder(), "notebooks", "pl"), { recursive: true });
  for (const name of ["kept", "changed", "ż ó", "pl/polish", "pl/changed too"]) {
    await writeFile(join(folder(), "notebooks", `${name}.ipynb`), `{ "of": "${name}" }`);
  }
}

test("what git has at HEAD is the project's; what is new or changed is somebody's", async () => {
  await project();
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder() });
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-q", "-m", "all");
  await writeFile(join(folder(), "notebooks", "changed.ipynb"), "{}");
  await writeFile(join(folder(), "notebooks", "pl", "changed too.ipynb"), "{}");
  await writeFile(join(folder(), "notebooks", "foreign.ipynb"), '{ "of": "kept" }');
  // One that cannot be read.
  await mkdir(join(folder(), "notebooks", "folder.ipynb"));
  const { shipped, foreign } = await shippedNotebooks(folder());
  expect(shipped.map((file) => basename(file)).toSorted()).toEqual([
    "kept.ipynb",
    "polish.ipynb",
    "ż ó.ipynb",
  ]);
  expect(foreign.map((file) => basename(file)).toSorted()).toEqual([
    "changed too.ipynb",
    "changed.ipynb",
    "folder.ipynb",
    "foreign.ipynb",
  ]);
});

test("without git nothing is taken for the project's", async () => {
  await project();
  expect((await shippedNotebooks(folder())).shipped).toEqual([]);
});
