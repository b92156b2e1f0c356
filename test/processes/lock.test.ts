import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { withLock } from "#processes/lock.mjs";
import { freshFolder } from "../lab/fixtures.js";
import { root } from "../root.js";

const folder = freshFolder();

test("a stale lock is taken over by one process only", async () => {
  const lock = pathToFileURL(join(root, "src", "processes", "lock.mjs")).href;
  const script = join(folder(), "locker.mjs");
  // Each dies with the lock in its hands, so that the next one finds it stale.
  await writeFile(
    script,
    `import { appendFileSync } from "node:fs";
     import { withLock } from ${JSON.stringify(lock)};
     await withLock("the.lock", async () => {
       appendFileSync("log", "in ");
       await new Promise((resolve) => setTimeout(resolve, 3));
       appendFileSync("log", "out ");
       process.kill(process.pid, "SIGKILL");
     });`,
  );
  const line = async () => {
    for (let i = 0; i < 4; i++) {
      await once(spawn(process.execPath, [script], { cwd: folder() }), "exit");
    }
  };
  await Promise.all([line(), line(), line(), line()]);
  expect(await readFile(join(folder(), "log"), "utf8")).toBe("in out ".repeat(16));
  const left = await readdir(folder());
  expect(left.filter((name) => name.startsWith("the.lock."))).toEqual([]);
});

test.runIf(process.platform === "linux").each([
  ["of an earlier process with a number now used by another", `${process.pid} 1`],
  ["that a power failure emptied", ""],
])("a lock %s is stale", async (_, content) => {
  const file = join(folder(), "the.lock");
  await writeFile(file, content);
  expect(await withLock(file, () => "taken", { waitSeconds: 1 })).toBe("taken");
});

test("the lock is given back when the work fails", async () => {
  const file = join(folder(), "deep", "the.lock");
  const work = () => Promise.reject(new Error("work failed"));
  await expect(withLock(file, work)).rejects.toThrow("work failed");
  expect(await readdir(join(folder(), "deep"))).toEqual([]);
});

test("an abort ends the wait for another holder", async () => {
  const file = join(folder(), "the.lock");
  const abort = new AbortController();
  await withLock(file, async () => {
    const second = withLock(file, () => 2, {
      signal: abort.signal,
      onWait: () => abort.abort(),
    });
    await expect(second).rejects.toThrow(/abort/i);
  });
});
