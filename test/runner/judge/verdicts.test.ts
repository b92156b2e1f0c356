import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundledTslab, type KernelLaunch } from "#runner/run/launch.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { runNotebook, type NotebookOptions } from "#runner/run/run-notebook.js";
import { notebookText, type FixtureCell } from "../fixtures.js";

// Each test starts a real kernel, whose temporary folder must be gone afterwards.
let folder: string;
const { TMPDIR } = process.env;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "verdict-"));
  process.env["TMPDIR"] = folder;
});
afterAll(async () => {
  if (TMPDIR === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = TMPDIR;
  const left = await readdir(folder);
  await rm(folder, { recursive: true });
  if (left.length > 0) throw new Error(`A kernel left ${left.join(", ")} behind.`);
});

function run(cells: readonly FixtureCell[], options: Partial<NotebookOptions> = {}) {
  return runNotebook(parseNotebook(join(folder, "fixture.ipynb"), notebookText(cells)), {
    launch: bundledTslab(),
    env: process.env,
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 20,
    notebookTimeoutSeconds: 60,
    signal: new AbortController().signal,
    onCell: () => {},
    ...options,
  });
}

async function verdicts(
  cells: readonly (FixtureCell | string)[],
  options: Partial<NotebookOptions> = {},
): Promise<string[]> {
  const whole = cells.map((cell) => (typeof cell === "string" ? { source: cell } : cell));
  const { failures } = await run(whole, options);
  return failures.map(({ verdict, cellIndex }) => `${verdict} ${cellIndex ?? "-"}`);
}

describe("passes", () => {
  test("a notebook whose outputs are the stored ones, in three rounds", async () => {
    const cells = [{ source: "const a = 1;" }, { source: "a + 1", stored: "2\n" }];
    expect(await verdicts(cells, { rounds: 3 })).toEqual([]);
  });

  test("an expected error, after which the next cell really runs", async () => {
    const { failures, outputs } = await run(
      [
        { source: "let ran = 0;" },
        { source: "throw new Error('expected')", tags: ["raises-exception"] },
        { source: "ran = 1;" },
        { source: "ran", stored: "1\n" },
      ],
      { update: true },
    );
    expect(failures).toEqual([]);
    expect(outputs[3]).toMatchObject([{ text: "1\n" }]);
  });
});

describe("fails with a verdict of its own", () => {
  test.each<[string, (FixtureCell | string)[], string[]]>([
    ["an error", ["void 1;", "throw new Error('boom')", "2;"], ["cell-error 1"]],
    ["a type error", ["const n: number = 'text';"], ["cell-error 0"]],
    [
      "an expected error that does not come",
      [{ source: "void 0", tags: ["raises-exception"] }],
      ["expected-error-missing 0"],
    ],
    [
      "wrong stored outputs, each of them",
      [
        { source: "1 + 1", stored: "3\n" },
        { source: "2 + 2", stored: "4\n" },
        { source: "3 + 3", stored: "7\n" },
      ],
      ["output-mismatch 0", "output-mismatch 2"],
    ],
    ["process.exit", ["void 1;", "process.exit(3)"], ["kernel-died 1"]],
    ["a kill", ["process.kill(process.pid, 'SIGKILL')"], ["kernel-died 0"]],
    ["a flood", ["for (let i = 0; i < 5000; i++) console.log(i);"], ["output-lost 0"]],
    [
      "a flood with a pause after it",
      [
        "for (let i = 0; i < 5000; i++) console.log(i);\nawait new Promise((r) => setTimeout(r, 100));",
      ],
      ["output-lost 0"],
    ],
    [
      "an unhandled rejection",
      ["Promise.reject(new Error('late'));\nvoid 0;", "void 0;"],
      ["unhandled-rejection 0"],
    ],
    [
      "a rejection after the last cell",
      ["setTimeout(() => { Promise.reject(new Error('late')); }, 300);\nvoid 0;"],
      ["unhandled-rejection -"],
    ],
    [
      "an exception in a callback",
      [
        "setTimeout(() => { throw new Error('late'); }, 0);\nvoid 0;",
        "await new Promise((r) => setTimeout(r, 50));",
      ],
      ["unhandled-exception 0"],
    ],
    ["a timer left running", ["setInterval(() => {}, 1000);\nvoid 0;"], ["leaked-handle -"]],
  ])("%s", async (_what, cells, expected) => {
    expect(await verdicts(cells)).toEqual(expected);
  });

  test("an output that changes from round to round, in the round where it does", async () => {
    const source = "globalThis.n = (globalThis.n ?? 0) + 1;\nconsole.log(globalThis.n);";
    const cells = [{ source: source.replaceAll("globalThis", "(globalThis as any)") }];
    const { failures } = await run(cells, { rounds: 3, update: true });
    expect(failures).toMatchObject([{ verdict: "output-mismatch", round: 2 }]);
  });
});

describe("time-outs end in time and leave no process", () => {
  /** Verdicts, and the seconds from the first cell to the end of the kernel. */
  async function timed(
    cells: readonly string[],
    options: Partial<NotebookOptions>,
  ): Promise<[string[], number]> {
    let started = performance.now();
    let isFirst = true;
    const onCell = () => {
      if (isFirst) started = performance.now();
      isFirst = false;
    };
    const result = await verdicts(cells, { onCell, ...options });
    return [result, (performance.now() - started) / 1000];
  }

  test.each([
    ["a loop", "while (true) {}"],
    ["a loop after an await", "await Promise.resolve();\nwhile (true) {}"],
    ["an await that never ends", "await new Promise((r) => setTimeout(r, 1e6));"],
  ])("%s", async (_what, source) => {
    const [result, seconds] = await timed([source, "1;"], { cellTimeoutSeconds: 1 });
    expect(result).toEqual(["cell-timeout 0"]);
    expect(seconds).toBeLessThan(20);
  });

  test("the notebook's time is up", async () => {
    const cells = Array.from({ length: 40 }, () => "await new Promise((r) => setTimeout(r, 200));");
    const [result] = await timed(cells, { notebookTimeoutSeconds: 1 });
    expect(result).toEqual([expect.stringMatching(/^notebook-timeout/)]);
  });

  test("a kernel that never gets ready", async () => {
    const deaf: KernelLaunch = {
      name: "deaf",
      argv: () => [
        process.execPath,
        "-e",
        "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6)",
      ],
      env: {},
      interruptMode: "signal",
    };
    const [result, seconds] = await timed(["1"], { launch: deaf, startupTimeoutSeconds: 1 });
    expect(result).toEqual(["startup-timeout -"]);
    expect(seconds).toBeLessThan(10);
  });

  test.each([
    ["a program that is not there", ["no-such-program"]],
    [
      "a program that ends at once",
      [process.execPath, "-e", "console.error('why'); process.exit(3)"],
    ],
  ])("%s as a kernel", async (_what, argv) => {
    const launch: KernelLaunch = { name: "x", argv: () => argv, env: {}, interruptMode: "signal" };
    expect(await verdicts(["1"], { launch })).toEqual(["kernel-died -"]);
  });
});
