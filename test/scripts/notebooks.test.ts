import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeFixture } from "../runner/fixtures.js";
import { root } from "../root.js";

// The command as users call it, in a folder whose name has a space and a letter beyond ASCII, and
// with a temporary folder of its own, in which nothing may be left.
let folder: string;
let temporary: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "notebooks żółw "));
  temporary = await mkdtemp(join(tmpdir(), "t-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(temporary, { recursive: true });
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [join(root, "scripts/bootstrap.mjs"), "notebooks", ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function finish(child: ChildProcess) {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const [status] = (await once(child, "close")) as [number | null];
  return { status, output };
}

const run = (...args: string[]) => finish(start(args));
const left = () => readdir(temporary);

describe("exit status", () => {
  test("0 and a line for each when all passed", async () => {
    await writeFixture(folder, "good ś.ipynb", [{ source: "1 + 1", stored: "2\n" }]);
    const { status, output } = await run("good ś.ipynb");
    expect(output).toMatch(/^\[1\/1\] ok {3}good ś\.ipynb {2}1 cells, /m);
    expect(output).toMatch(/1 of 1 notebooks passed, 0 failed/);
    expect(status).toBe(0);
    expect(await left()).toEqual([]);
  });

  test("1 with notebook, cell, marked line and diff when one failed; the others run", async () => {
    await writeFixture(folder, "a.ipynb", [
      { source: "const fine = 1;" },
      { source: "const x = 1;\n\nthrow new Error('boom');" },
    ]);
    await writeFixture(folder, "b.ipynb", [{ source: "1 + 1", stored: "3\n" }]);
    const { status, output } = await run("a.ipynb", "b.ipynb");
    expect(output).toContain("a.ipynb, cell 2 (code cell 2 of 2): cell error (cell-error)");
    expect(output).toContain("> 3 | throw new Error('boom');");
    expect(output).toContain("b.ipynb, cell 1 (code cell 1 of 1): output mismatch");
    expect(output).toMatch(/-3\n\s*\+2/);
    expect(status).toBe(1);
    expect(await left()).toEqual([]);
  });

  test.each([
    [["missing.ipynb"], /missing\.ipynb: no such file/],
    [["x*.ipynb"], /no notebook matches/],
    [["--kernel", "no-such-kernel", "good ś.ipynb"], /No kernel named "no-such-kernel"/],
    [["--wrong"], /--wrong/],
    [["--redis-url", "http://127.0.0.1", "good ś.ipynb"], /REDIS_URL is http/],
    [["broken.ipynb"], /broken\.ipynb: invalid notebook \(invalid-notebook\)\n.*it is not JSON/],
    [["old.ipynb"], /nbformat is 3; version 4 is needed/],
    [["old.ipynb", "good ś.ipynb"], /1 of 2 notebooks passed, 1 failed/],
  ])("2 and a reason for %j", async (args, reason) => {
    await writeFile(join(folder, "broken.ipynb"), "{");
    await writeFile(join(folder, "old.ipynb"), '{"nbformat":3,"metadata":{},"worksheets":[]}');
    const { status, output } = await run(...args);
    expect(output).toMatch(reason);
    expect(output).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
  });

  test("130 on Ctrl-C, with every process and folder gone", async () => {
    await writeFixture(folder, "endless.ipynb", [{ source: "while (true) {}" }]);
    const child = start(["endless.ipynb"]);
    const finished = finish(child);
    while ((await left()).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill("SIGINT");
    expect((await finished).status).toBe(130);
    expect(await left()).toEqual([]);
  });

  test("killed with SIGKILL, it takes its kernel and its Redis along", async () => {
    await writeFixture(folder, "endless.ipynb", [{ source: "while (true) {}" }]);
    const child = start(["endless.ipynb"]);
    const finished = finish(child);
    while ((await left()).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGKILL");
    await finished;
    const deadline = Date.now() + 10_000;
    while ((await left()).length > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await left()).toEqual([]);
  });
});

test("--update writes outputs, and nothing the second time", async () => {
  const file = await writeFixture(folder, "update.ipynb", [{ source: "6 * 7" }]);
  expect((await run("--update", "update.ipynb")).output).toMatch(/new {2}update\.ipynb/);
  const text = await readFile(file, "utf8");
  expect(JSON.parse(text)).toMatchObject({
    cells: [{ execution_count: 1, id: "cell-0", outputs: [{ text: ["42\n"] }] }],
  });
  const before = await stat(file);
  expect((await run("--update", "update.ipynb")).output).toMatch(/ok {3}update\.ipynb/);
  expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
  expect((await run("update.ipynb")).status).toBe(0);
}, 180_000);

test("--update leaves a notebook alone that fails", async () => {
  const file = await writeFixture(folder, "failing.ipynb", [
    { source: "1", stored: "old\n" },
    { source: "throw new Error('boom')" },
  ]);
  const before = await readFile(file, "utf8");
  expect((await run("--update", "failing.ipynb")).status).toBe(1);
  expect(await readFile(file, "utf8")).toBe(before);
});

test("each parallel job has a Redis of its own, in which REDIS_URL leads", async () => {
  const source = "const url = process.env.REDIS_URL;\nurl.replace(/\\d+$/, 'port')";
  const names = ["p1.ipynb", "p2.ipynb", "p3.ipynb"];
  for (const name of names) {
    await writeFixture(folder, name, [{ source, stored: "redis://127.0.0.1:port\n" }]);
  }
  const { status, output } = await finish(start(["--jobs", "3", ...names], { REDIS_URL: "" }));
  expect(output).toMatch(/3 of 3 notebooks passed/);
  expect(status).toBe(0);
});
