import { beforeAll, describe, expect, test } from "vitest";
import { NoKernelError } from "#runner/errors.js";
import { kernelFinder, kernelFor } from "#runner/run/find-kernel.js";
import { bundledTypescript, installedKernel, type KernelLaunch } from "#runner/run/launch.js";
import { LocalKernel } from "#runner/run/kernel/local-kernel.js";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { root } from "../../root.js";
import { runCells } from "../run-cells.js";

// Notebooks that nobody wrote for this runner: kernels by language, exits, leaks, other tools' marks.
let python: KernelLaunch;
beforeAll(async () => {
  await installJupyterLab({ root, env: process.env, log: console.error });
  python = await installedKernel("python3", root);
}, 400_000);
const typescript = bundledTypescript();

describe("a notebook that names no kernel", () => {
  const spec = (name: string, language: string) => ({ name, language });

  test("gets the one that suits its language best", () => {
    const specs = [
      spec("conda-x", "python"),
      spec("python3", "python"),
      spec("deno", "typescript"),
    ];
    expect(kernelFor("python", specs)).toBe("python3");
    expect(kernelFor("python", specs.slice(0, 1))).toBe("conda-x");
    expect(kernelFor("typescript", specs)).toBe("deno");
    expect(kernelFor("typescript", specs, (name) => name === "tslab")).toBe("tslab");
    expect(kernelFor("julia", [spec("julia-1.9", "julia"), spec("julia-1.10", "Julia")])).toBe(
      "julia-1.10",
    );
  });

  test("is refused where it names no language, or one that no kernel knows", () => {
    expect(() => kernelFor("", [spec("x", "")])).toThrow(NoKernelError);
    expect(() => kernelFor("cobol", [spec("x", "python")])).toThrow(
      /language "cobol".*there are: x/,
    );
  });

  test("runs, not into the user's own history, and one whose kernel is not there fails alone", async () => {
    const find = kernelFinder(undefined, root);
    const options = {
      startKernel: async (
        notebook: { kernelName: string | undefined; language: string },
        rest: Parameters<typeof LocalKernel.start>[1],
      ) => LocalKernel.start(await find(notebook), rest),
    };
    const ownHistory = "assert get_ipython().history_manager.hist_file == ':memory:'";
    const named = await runCells(["import sys\nsys.version_info.major", ownHistory], {
      ...options,
      metadata: { language_info: { name: "python" } },
    });
    expect(named.verdicts).toEqual([]);
    expect(named.outputs[0]).toMatchObject([{ data: { "text/plain": "3" } }]);
    const absent = { kernelspec: { name: "no-such-kernel", language: "python" } };
    const failed = await runCells(["1"], { ...options, metadata: absent });
    expect(failed.verdicts).toEqual(["no-kernel -"]);
    expect(failed.failures[0]?.message).toContain("no-such-kernel");
  });
});

describe("an exit with code 0", () => {
  test.each([
    ["sys.exit(0)", "import sys\nsys.exit(0)"],
    ["SystemExit", "raise SystemExit"],
    ["os._exit(0)", "import os\nos._exit(0)"],
  ])("of Python's %s ends the notebook as passed", async (_, source) => {
    const { verdicts, statuses } = await runCells(["1;", source, "print('never')"], {
      launch: python,
    });
    expect(verdicts).toEqual([]);
    expect(statuses.at(-1)).toBe("not-run");
  });

  test("ends it so on our own kernel", async () => {
    const { verdicts, statuses } = await runCells(
      ["void 1;", "process.exit(0);", "console.log('never')"],
      { launch: typescript },
    );
    expect(verdicts).toEqual([]);
    expect(statuses).toEqual(["passed", "passed", "not-run"]);
  });

  test("fails where exits are read strictly, as does another code", async () => {
    const strict = { launch: python, strictExit: true };
    const all = await Promise.all([
      runCells(["import sys\nsys.exit(0)"], strict),
      runCells(["import os\nos._exit(0)"], strict),
      runCells(["import sys\nsys.exit(1)"], { launch: python }),
      runCells(["process.exit(3);"], { launch: typescript }),
    ]);
    expect(all.map(({ verdicts }) => verdicts)).toEqual([
      ["cell-error 0"],
      ["kernel-died 0"],
      ["cell-error 0"],
      ["kernel-died 0"],
    ]);
  });
});

describe("going on", () => {
  test("--allow-errors runs all cells and passes, with errors as outputs", async () => {
    const { verdicts, outputs } = await runCells(["1 / 0", "print('after')"], {
      launch: python,
      allowErrors: true,
    });
    expect(verdicts).toEqual([]);
    expect(outputs).toMatchObject([[{ ename: "ZeroDivisionError" }], [{ text: "after\n" }]]);
  });

  test("--keep-going runs the cells after an error and after a time-out, and fails", async () => {
    const { verdicts, statuses } = await runCells(
      ["1 / 0", "while True: pass", "print('after')", { source: "print(1)", stored: "2\n" }],
      { launch: python, goOn: true, cellTimeoutSeconds: 2 },
    );
    expect(verdicts).toEqual(["cell-error 0", "cell-timeout 1", "output-mismatch 3"]);
    expect(statuses).toEqual(["failed", "failed", "passed", "failed"]);
  });

  test("the tag end-notebook ends a notebook as passed", async () => {
    const cells = ["1;", { source: "2;", tags: ["end-notebook"] }, "throw 0"];
    const { verdicts, statuses } = await runCells(cells, { launch: typescript });
    expect(verdicts).toEqual([]);
    expect(statuses).toEqual(["passed", "passed", "not-run"]);
  });

  test("without limits a cell takes the time that it takes", async () => {
    const limits = {
      cellTimeoutSeconds: Infinity,
      notebookTimeoutSeconds: Infinity,
      startupTimeoutSeconds: Infinity,
    };
    const wait = "await new Promise((resolve) => setTimeout(resolve, 300));";
    expect((await runCells([wait], { launch: typescript, ...limits })).verdicts).toEqual([]);
  });
});

describe("what is left open", () => {
  const THREAD =
    "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), name='sleeper').start()";

  const TIMER = "setInterval(() => { void 'tick'; }, 1000);\nvoid 0;";

  test("is named, with advice in the language of the kernel", async () => {
    const [thread, timer] = await Promise.all([
      runCells([THREAD], { launch: python }),
      runCells([TIMER]),
    ]);
    expect([thread.verdicts, timer.verdicts]).toEqual([["leaked-handle -"], ["leaked-handle -"]]);
    expect(thread.failures[0]?.message).toMatch(/the thread sleeper \(Thread\).*join threads/);
    expect(timer.failures[0]?.message).toMatch(/the timer setInterval\(.*'tick'.*clearInterval/);
  });

  test("may be allowed by an option, in metadata and by a tag", async () => {
    const allowed = [
      runCells([THREAD], { launch: python, allowLeaks: true }),
      runCells([TIMER], {
        launch: typescript,
        metadata: { "notebook-runner": { "allow-leaks": true } },
      }),
      runCells([{ source: TIMER, tags: ["allow-leaks"] }], { launch: typescript }),
    ];
    const verdicts = (await Promise.all(allowed)).flatMap((run) => run.verdicts);
    expect(verdicts).toEqual([]);
  });
});

describe("other tools' marks", () => {
  test("mean what they mean there", async () => {
    const { verdicts, statuses } = await runCells(
      [
        { source: "# NBVAL_IGNORE_OUTPUT\nprint(1)", stored: "2\n" },
        { source: "print(1)", stored: "2\n", tags: ["nbval-ignore-output"] },
        { source: "# NBVAL_SKIP\n1 / 0" },
        { source: "1 / 0", tags: ["skip-execution"] },
        { source: "# NBVAL_RAISES_EXCEPTION\nraise ValueError('x')" },
        { source: "# NBVAL_CHECK_OUTPUT\nprint(1)", stored: "2\n", tags: ["nbval-ignore-output"] },
        { source: "# PYTEST_VALIDATE_IGNORE_OUTPUT\nprint(1)", stored: "2\n" },
      ],
      { launch: python },
    );
    expect(verdicts).toEqual(["output-mismatch 5"]);
    expect(statuses[2]).toBe("skipped");
    expect(statuses[3]).toBe("skipped");
  });

  test("nbmake's mocks, code after a cell, time limit and allowed errors hold", async () => {
    const mock = { nbmake: { mock: { x: 2, y: "fish", z: { x: 42 } } } };
    const after = { nbmake: { post_cell_execute: ["y = 3", "z = x + y"] } };
    const failing = { nbmake: { post_cell_execute: ["raise Exception('boom!')"] } };
    const mocked = await runCells(
      [
        { source: "x = 5\ny = 'y'", metadata: mock },
        "assert x == 2 and y == 'fish' and z == {'x': 42}",
        { source: "x = 1", metadata: after },
        "assert (y, z) == (3, 4)",
        { source: "'fails afterwards';", metadata: failing },
      ],
      { launch: python },
    );
    expect(mocked.verdicts).toEqual(["cell-error 4"]);
    expect(mocked.failures[0]?.message).toContain("boom!");
    const settings = { execution: { timeout: 1, allow_errors: true } };
    const set = await runCells(["1 / 0", "import time\ntime.sleep(20)"], {
      launch: python,
      metadata: settings,
    });
    expect(set.verdicts).toEqual(["cell-timeout 1"]);
  });
});
