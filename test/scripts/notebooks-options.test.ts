import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFixture } from "../runner/fixtures.js";
import { root } from "../root.js";

// The options of the command that need a run to be seen, each run showing several.
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "options żółw "));
});
afterAll(() => rm(folder, { recursive: true }));

function start(...args: string[]): ChildProcess {
  const command = [join(root, "scripts/bootstrap.mjs"), "notebooks", ...args];
  return spawn(process.execPath, command, {
    cwd: folder,
    env: { ...process.env, CI: "1", GITHUB_ACTIONS: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Collects what a command writes, and waits for a text in it. */
function follow(child: ChildProcess) {
  let output = "";
  let wake = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      wake();
    });
  }
  const closed = once(child, "close") as Promise<[number | null]>;
  return {
    finished: closed.then(([status]) => ({ status, output })),
    /** Resolves once the pattern was found `times` times. */
    sees: async (pattern: RegExp, times = 1) => {
      while ([...output.matchAll(new RegExp(pattern, "g"))].length < times) {
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), closed]);
        if (child.exitCode !== null) throw new Error(`It ended:\n${output}`);
      }
    },
  };
}

const run = (...args: string[]) => follow(start(...args)).finished;

test("all reports of one run, the executed notebooks, and a failure's notebook and log", async () => {
  await writeFixture(folder, "good.ipynb", [{ source: "1 + 1", stored: "2\n" }]);
  await writeFixture(folder, "bad.ipynb", [
    { source: "console.log('a');", stored: "b\n" },
    { source: "void 0;", tags: ["skip"] },
  ]);
  const reports = ["junit", "jsonl", "markdown", "html"].flatMap((name) => [
    `--${name}`,
    join("out", `report.${name}`),
  ]);
  const { status, output } = await run("--github", "--output-dir", "kept", ...reports, ".");
  expect(output).toContain("1 of 2 notebooks passed, 1 failed");
  expect(output).toMatch(/^::error file=bad\.ipynb,line=\d+,title=output mismatch%2C cell 1/m);
  expect(status).toBe(1);
  expect((await readdir(join(folder, "out"))).toSorted()).toEqual([
    "report.html",
    "report.jsonl",
    "report.junit",
    "report.markdown",
  ]);
  const read = (name: string) => readFile(join(folder, "out", `report.${name}`), "utf8");
  expect(await read("junit")).toContain('tests="5" failures="1" skipped="1"');
  expect(
    (await read("jsonl")).split("\n").filter((line) => line.includes('"cell-end"')),
  ).toHaveLength(2);
  expect(await read("markdown")).toContain("-b\n+a\n");
  expect(await read("html")).toContain("1 failed, 1 passed");
  expect((await readdir(join(folder, "kept"))).toSorted()).toEqual([
    "bad.ipynb",
    "bad.log",
    "good.ipynb",
  ]);
  const { cells } = JSON.parse(await readFile(join(folder, "kept/bad.ipynb"), "utf8")) as {
    cells: { outputs?: { text: string[] }[] }[];
  };
  expect(cells[1]?.outputs?.[0]?.text).toEqual(["a\n"]);
});

test("--fail-fast ends the run, --shard takes a part, the longest runs first", async () => {
  for (const name of ["f1", "f2", "f3"]) {
    await writeFixture(folder, `${name}.ipynb`, [{ source: "throw new Error('boom');" }]);
  }
  const { status, output } = await run(
    "--fail-fast",
    "--jobs",
    "1",
    "f1.ipynb",
    "f2.ipynb",
    "f3.ipynb",
  );
  expect(output).toContain("0 of 3 notebooks passed, 1 failed, 2 not run");
  expect(status).toBe(1);
  const part = await run("--shard", "2/3", "f1.ipynb", "f2.ipynb", "f3.ipynb");
  expect(part.output).toContain("1 of 3 notebooks are to run.");
  expect(part.output).toMatch(/FAIL f2\.ipynb/);
});

test("-p sets variables, which the executed notebook shows", async () => {
  await writeFixture(folder, "parameters.ipynb", [
    { source: "const n: number = 1;\nconst name = 'nobody';", tags: ["parameters"] },
    { source: "`${name} has ${n + 1}`", stored: "nobody has 2\n" },
  ]);
  const { status, output } = await run(
    "-p",
    "n=41",
    "-p",
    "name=Ada",
    "--output-dir",
    "p",
    "parameters.ipynb",
  );
  expect(output).toContain("1 of 1 notebooks passed");
  expect(status).toBe(0);
  const text = await readFile(join(folder, "p/parameters.ipynb"), "utf8");
  expect(text).toContain("Ada has 42");
  expect(text).toContain('"injected-parameters"');
});

test("--watch runs again what changes, and what imports what changes, until Ctrl-C", async () => {
  await writeFixture(folder, "w1.ipynb", [{ source: "1 + 1", stored: "2\n" }]);
  await writeFixture(folder, "w2.ipynb", [{ source: "2 + 2", stored: "4\n" }]);
  const child = start("--watch", "w1.ipynb", "w2.ipynb");
  const { sees, finished } = follow(child);
  await sees(/2 of 2 notebooks passed[^]*Watching/);
  await writeFixture(folder, "w2.ipynb", [{ source: "2 + 3", stored: "4\n" }]);
  await sees(/0 of 1 notebooks passed, 1 failed[^]*Watching/);
  await writeFixture(folder, "w2.ipynb", [{ source: "2 + 3", stored: "5\n" }]);
  await sees(/1 of 1 notebooks passed/);
  await sees(/Watching/, 3);
  child.kill("SIGINT");
  const { status, output } = await finished;
  expect(status).toBe(130);
  expect([...output.matchAll(/w1\.ipynb/g)]).toHaveLength(1);
});
