import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Checker, type CheckerOptions } from "#kernel/checker/checker.js";
import { notebookFolder, type NotebookFolder } from "./notebook-folder.js";
import { root } from "../../root.js";

let folder: NotebookFolder;
let checker: Checker | undefined;
beforeEach(() => {
  folder = notebookFolder({});
});
afterEach(async () => {
  await checker?.dispose();
  folder.remove();
});

const WRONG = "const wrong: string = 5";

function start(options: Partial<CheckerOptions> = {}): Checker {
  checker = Checker.start({ cwd: folder.path, firstCheckMs: 60_000, checkMs: 60_000, ...options });
  return checker;
}

async function codes(of: Checker, cell: string) {
  return (await of.check(cell)).map(({ code }) => code);
}

/** A process that has ended stays in the list until its parent, which may be gone, asks for it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

const gone = (pid: number) => vi.waitUntil(() => !isRunning(pid), { timeout: 20_000 });

test("a process that was killed is started again, and knows the cells that ran", async () => {
  const notebook = start();
  expect(await codes(notebook, "const a = 1")).toEqual([]);
  notebook.accept("const a = 1");
  const first = notebook.pid ?? 0;
  process.kill(first, "SIGKILL");
  await gone(first);
  expect(await codes(notebook, "const b: string = a")).toEqual([2322]);
  expect(notebook.state).toBe("ready");
  expect(notebook.pid).not.toBe(first);
});

test("a process that hangs delays a cell up to the limit, and no cell that was checked before", async () => {
  const notebook = start({ checkMs: 200, firstCheckMs: 60_000 });
  await vi.waitFor(async () => expect(await codes(notebook, WRONG)).toEqual([2322]), {
    timeout: 30_000,
  });
  const pid = notebook.pid ?? 0;
  process.kill(pid, "SIGSTOP");
  expect(await codes(notebook, "const other: string = 5")).toEqual([]);
  expect(notebook.state).toBe("unavailable");
  expect(notebook.problem).toContain("200 ms");
  expect(await codes(notebook, WRONG)).toEqual([2322]);
  process.kill(pid, "SIGCONT");
  await vi.waitFor(
    async () => expect(await codes(notebook, "const other: string = 5")).toEqual([2322]),
    {
      timeout: 30_000,
    },
  );
  expect(notebook.state).toBe("ready");
});

test("the first cell does not wait longer than the limit; later cells are checked", async () => {
  const notebook = start({ firstCheckMs: 1 });
  expect(await codes(notebook, WRONG)).toEqual([]);
  expect(notebook.state).toBe("starting");
  await vi.waitFor(async () => expect(await codes(notebook, WRONG)).toEqual([2322]), {
    timeout: 30_000,
  });
  expect(notebook.state).toBe("ready");
});

test.each(["/nowhere/tsc", "a\0b", process.execPath])(
  "without a program that works (%j) cells go unchecked, and the reason is said",
  async (program) => {
    const notebook = start({ program });
    expect(await codes(notebook, WRONG)).toEqual([]);
    expect(notebook.state).toBe("unavailable");
    expect(notebook.problem).toMatch(/type checker|null bytes/);
    notebook.accept(WRONG);
    for (let again = 0; again < 5; again++) expect(await codes(notebook, WRONG)).toEqual([]);
    expect(await notebook.complete("pro", 3)).toEqual({ matches: [], start: 3, end: 3 });
    expect(await notebook.inspect("process", 3, 0)).toEqual({ found: false, data: {} });
  },
);

test("a check that is interrupted ends at once with the reason", async () => {
  const notebook = start();
  const interrupt = new AbortController();
  const check = notebook.check(WRONG, interrupt.signal);
  interrupt.abort(new Error("stopped by the user"));
  await expect(check).rejects.toThrow("stopped by the user");
  await expect(notebook.check(WRONG, interrupt.signal)).rejects.toThrow("stopped by the user");
  expect(await codes(notebook, WRONG)).toEqual([2322]);
});

test("dispose ends the process, also while it starts and while it hangs", async () => {
  const ready = start();
  await ready.check(WRONG);
  const pid = ready.pid ?? 0;
  process.kill(pid, "SIGSTOP");
  await ready.dispose();
  expect(isRunning(pid)).toBe(false);
  const early = start();
  await vi.waitFor(() => expect(early.pid).toBeDefined());
  const earlyPid = early.pid ?? 0;
  await early.dispose();
  expect(isRunning(earlyPid)).toBe(false);
  expect(await codes(early, WRONG)).toEqual([]);
});

test("an interrupt of the kernel's process group does not reach it; the kernel's death ends it", async () => {
  // What a plain Node process imports; `npm test` builds it first.
  const file = path.join(root, "src", "kernel", "dist", "checker", "checker.js");
  const script = `import { Checker } from ${JSON.stringify(pathToFileURL(file).href)};
    process.on("SIGINT", () => {});
    const checker = Checker.start({ cwd: ${JSON.stringify(folder.path)}, firstCheckMs: 60_000 });
    await checker.check("1");
    console.log(checker.pid);
    setTimeout(() => {}, 60_000);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
    timeout: 60_000,
  });
  const [text] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(text.toString());
  expect(isRunning(pid)).toBe(true);
  process.kill(-(parent.pid ?? 0), "SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(isRunning(pid)).toBe(true);
  parent.kill("SIGKILL");
  await gone(pid);
});

test("completion that hangs the process costs one answer, and none of those behind it", async () => {
  const notebook = start({ checkMs: 1000 });
  notebook.accept("const names = ['a']");
  const labels = async () => (await notebook.complete("names.ma", 8)).matches;
  await vi.waitFor(async () => expect(await labels()).toContain("map"), { timeout: 30_000 });
  process.kill(notebook.pid ?? 0, "SIGSTOP");
  expect(await labels()).toEqual([]);
  await vi.waitFor(async () => expect(await labels()).toContain("map"), { timeout: 10_000 });
});
