import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../root.js";
import { writeFixture } from "../fixtures.js";

// A runner that is killed (-9) at any moment leaves nothing: no kernel, no type checker, no detached
// process of a cell, no folder, no socket. KILLS sets how often.
const KILLS = Number(process.env["KILLS"] ?? 6);
/** How long what a killed runner has left may take to go. */
const GONE_MS = 10_000;

let folder: string;
const names = Array.from({ length: 10 }, (_, index) => `n${index}.ipynb`);
const own = { kernelspec: { name: "typescript", language: "typescript" } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "killed-"));
  const detached =
    'import { spawn } from "node:child_process";\n' +
    'spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();';
  const checked = "const answer: number = 42;\nconsole.log(answer);";
  for (const name of names) {
    const wait = "await new Promise((resolve) => setTimeout(resolve, 300));";
    await writeFixture(
      folder,
      name,
      [detached, checked, wait].map((source) => ({ source })),
      own,
    );
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** The commands of all processes that have a text in their environment. */
async function processesWith(marker: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((pid) => /^\d+$/.test(pid));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, "latin1").catch(() => "");
      return (await read("environ")).includes(marker) ? [await read("cmdline")] : [];
    }),
  );
  return found.flat().map((command) => command.split("\0").join(" ").trim());
}

test.each(Array.from({ length: KILLS }, (_, index) => index))(
  "kill %i",
  async (index) => {
    const temporary = join(folder, `tmp${index}`);
    await mkdir(temporary);
    const bin = join(root, "src/runner/dist/bundle/cli/bin.js");
    const runner = spawn(process.execPath, [bin, "--jobs", "3", ...names], {
      cwd: folder,
      env: { ...process.env, TMPDIR: temporary, CI: "1" },
      stdio: "ignore",
    });
    const exited = once(runner, "exit");
    // From before the first kernel starts until some notebooks have ended.
    await sleep(200 + ((index * 617) % 4000));
    runner.kill("SIGKILL");
    await exited;
    const deadline = performance.now() + GONE_MS;
    let left: string[] = [];
    do {
      left = [...(await processesWith(temporary)), ...(await readdir(temporary))];
      if (left.length > 0) await sleep(100);
    } while (left.length > 0 && performance.now() < deadline);
    expect(left).toEqual([]);
  },
  60_000,
);
