import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../root.js";
import { writeFixture } from "../runner/fixtures.js";

// The command on notebooks that nobody wrote for it: exit statuses, what is written in every case.
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "anybody żółw "));
  await writeFixture(folder, "good.ipynb", [{ source: "1 + 1", stored: "2\n" }], own);
});
afterAll(() => rm(folder, { recursive: true }));

const own = { kernelspec: { name: "typescript", language: "typescript" } };
const absent = { kernelspec: { name: "no-such-kernel", language: "cobol" } };

function run(...args: string[]) {
  const command = [join(root, "scripts/bootstrap.mjs"), "notebooks", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CI: "1", GITHUB_ACTIONS: "" },
  });
  return { status, output: stdout + stderr };
}

const report = () => readFile(join(folder, "out/junit.xml"), "utf8");

test("an absent kernel fails its notebook alone, and another status tells a broken environment", async () => {
  await writeFixture(folder, "absent.ipynb", [{ source: "1" }], absent);
  await writeFixture(folder, "nameless.ipynb", [{ source: "1" }], {});
  await writeFixture(folder, "bad.ipynb", [{ source: "1 + 1", stored: "3\n" }], own);
  const some = run("--junit", "out/junit.xml", "good.ipynb", "absent.ipynb", "nameless.ipynb");
  expect(some.output).toContain("1 of 3 notebooks passed, 2 failed");
  expect(some.output).toContain("names neither a kernel nor a language");
  expect(some.status).toBe(3);
  expect(await report()).toContain('<failure type="no-kernel"');
  expect(run("bad.ipynb", "absent.ipynb").status).toBe(1);
});

test.each([
  ["an option that is not there", ["--bogus", "good.ipynb"]],
  ["a name that leads to nothing", ["nothing.ipynb"]],
  ["a value that cannot be set", ["-p", "f=1e400", "good.ipynb"]],
])("%s is told in one line, and in the JUnit report", async (_, args) => {
  const { status, output } = run("--junit=out/junit.xml", ...args);
  expect(status).toBe(2);
  expect(output).not.toContain("    at ");
  expect(await report()).toMatch(/errors="1"[^]*<error type="UsageError" message="[^"]+"/);
});

test("a report that would replace a notebook, or cannot be written, is refused", async () => {
  const before = await readFile(join(folder, "good.ipynb"), "utf8");
  spawnSync("mkfifo", [join(folder, "pipe")]);
  for (const file of ["good.ipynb", "good.ipynb/x.xml", ".", "/proc/junit.xml", "pipe"]) {
    const { status, output } = run("--junit", file, "good.ipynb");
    expect({ file, status, output }).toMatchObject({ file, status: 2 });
    expect(output).not.toContain("    at ");
  }
  expect(await readFile(join(folder, "good.ipynb"), "utf8")).toBe(before);
  expect((await stat(join(folder, "pipe"))).isFIFO()).toBe(true);
});

test("--ignore leaves out files, folders and globs", async () => {
  await mkdir(join(folder, "in/drafts"), { recursive: true });
  for (const name of ["in/a.ipynb", "in/b-wip.ipynb", "in/drafts/c.ipynb"]) {
    await writeFixture(folder, name, [{ source: "1;" }], own);
  }
  const { output } = run("--inspect", "--ignore", "drafts", "--ignore", "*-wip.ipynb", "in");
  expect(output).toContain("in/a.ipynb");
  expect(output).not.toMatch(/wip|drafts/);
  expect(run("--inspect", "--ignore", "in/drafts/**", "in").output).toMatch(/b-wip/);
});

test("parameters come from files, are listed, and are written without running anything", async () => {
  await writeFixture(
    folder,
    "p.ipynb",
    [
      { source: "const n: number = 1; // how many\nconst who = 'x';", tags: ["parameters"] },
      { source: "throw new Error('never');" },
    ],
    own,
  );
  await writeFile(join(folder, "p.yaml"), "n: 12345678901234567890\nwho: Ada\n");
  const listed = run("--inspect", "p.ipynb");
  expect(listed.output).toContain("  n: number = 1  (how many)\n  who: string = 'x'\n");
  const args = ["--prepare-only", "--output-dir", "prepared", "--parameters", "p.yaml"];
  expect(run(...args, "-p", "who=Eve", "p.ipynb").status).toBe(0);
  expect(await readdir(join(folder, "prepared"))).toEqual(["p.ipynb"]);
  expect(await readFile(join(folder, "prepared/p.ipynb"), "utf8")).toContain(
    String.raw`let n = 12345678901234567890n;\nlet who = \"Eve\";`,
  );
});
