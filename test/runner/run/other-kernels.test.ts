import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServerKernel } from "#runner/run/kernel/server-kernel.js";
import { installedKernel, type KernelLaunch } from "#runner/run/launch.js";
import { parseNotebook } from "#runner/read/notebook.js";
import type { Output } from "#runner/read/output.js";
import { runNotebook, type NotebookOptions } from "#runner/run/run-notebook.js";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { startJupyter, type JupyterServer } from "#lab/jupyter/jupyter-server.js";
import { notebookText, type FixtureCell } from "../fixtures.js";
import { root } from "../../root.js";

// ipykernel, raw and through a Jupyter server, and Deno: the runner knows none of them by name.
const DENO = "2.9.6";
let folder: string;
let python: KernelLaunch;
let pythonProgram: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "other kernels "));
  pythonProgram = await installJupyterLab({ root, env: process.env, log: console.error });
  python = await installedKernel("python3", root);
}, 400_000);
afterAll(() => rm(folder, { recursive: true }));

async function run(
  cells: readonly (FixtureCell | string)[],
  options: Partial<NotebookOptions> = {},
) {
  const whole = cells.map((cell) => (typeof cell === "string" ? { source: cell } : cell));
  const notebook = parseNotebook(join(folder, "n.ipynb"), notebookText(whole));
  const result = await runNotebook(notebook, {
    launch: python,
    env: process.env,
    rounds: 1,
    update: false,
    compare: false,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 60,
    notebookTimeoutSeconds: 120,
    signal: new AbortController().signal,
    onCell: () => {},
    ...options,
  });
  const verdicts = result.failures.map(
    ({ verdict, cellIndex }) => `${verdict} ${cellIndex ?? "-"}`,
  );
  return { ...result, verdicts };
}

const lengths = (outputs: readonly Output[] | undefined) =>
  outputs?.map((output) => (output.output_type === "stream" ? output.text.length : output));

/** One that has ended may stay listed while nobody asks for its exit code. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}

const EVERYTHING = [
  "from IPython.display import display, update_display, clear_output\nh = display('first', display_id='d')",
  "update_display('second', display_id='d')\n1 + 1",
  "for i in range(3):\n    clear_output(wait=True)\n    print(i)",
  "for i in range(5): print(f'\\rstep {i}', end='')\nprint()",
  "import sys\nprint('a'); sys.stdout.flush(); print('b', file=sys.stderr); sys.stderr.flush(); print('c')",
  "import comm\nc = comm.create_comm(target_name='t')\nc.send({'a': 1})",
  { source: "1/0", tags: ["raises-exception: ZeroDivisionError: division"] },
  "print('still here')",
];

function expectEverything(outputs: readonly (readonly Output[])[]) {
  const text = (value: string) => ({ data: { "text/plain": value } });
  expect(outputs).toMatchObject([
    [text("'second'")],
    [{ output_type: "execute_result", ...text("2") }],
    [{ text: "2\n" }],
    [{ text: "step 4\n" }],
    [
      { name: "stdout", text: "a\n" },
      { name: "stderr", text: "b\n" },
      { name: "stdout", text: "c\n" },
    ],
    [],
    [{ output_type: "error", ename: "ZeroDivisionError", evalue: "division by zero" }],
    [{ text: "still here\n" }],
  ]);
}

describe("python3", () => {
  test("gives its outputs as the protocol has them", async () => {
    const { verdicts, outputs } = await run(EVERYTHING);
    expect(verdicts).toEqual([]);
    expectEverything(outputs);
  });

  test("50,000 lines and 20 MB come whole, and in their order", async () => {
    const { verdicts, outputs } = await run([
      "for i in range(50000): print(i)",
      "for i in range(200): print('x' * 102399)",
    ]);
    expect(verdicts).toEqual([]);
    const lines = Array.from({ length: 50_000 }, (_, i) => `${i}\n`).join("");
    expect(outputs[0]).toEqual([{ output_type: "stream", name: "stdout", text: lines }]);
    expect(lengths(outputs[1])).toEqual([20_480_000]);
  });

  test("a loop is interrupted; one that refuses is ended, with all that it started", async () => {
    const pidFile = join(folder, "pids");
    const start =
      "import signal, subprocess, time\n" +
      "for s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, signal.SIG_IGN)\n" +
      "procs = [subprocess.Popen(['sleep', '1000'], start_new_session=own) for own in (False, True)]\n" +
      `open(${JSON.stringify(pidFile)}, 'w').write(' '.join(str(p.pid) for p in procs))\n` +
      "print('started', flush=True)\nwhile True: time.sleep(1)";
    const [heeds, refuses] = await Promise.all([
      run(["while True: pass"], { cellTimeoutSeconds: 1 }),
      run([start], { cellTimeoutSeconds: 3 }),
    ]);
    expect([heeds.verdicts, refuses.verdicts]).toEqual([["cell-timeout 0"], ["cell-timeout 0"]]);
    expect(heeds.outputs[0]).toMatchObject([{ ename: "KeyboardInterrupt" }]);
    expect(refuses.outputs[0]).toMatchObject([{ text: "started\n" }]);
    const pids = (await readFile(pidFile, "utf8")).split(" ").map(Number);
    expect(pids).toHaveLength(2);
    expect(pids.map(isRunning)).toEqual([false, false]);
  });

  test("a process that outlives the kernel is ended and told of", async () => {
    const { verdicts, failures } = await run([
      "import subprocess\nsubprocess.Popen(['sleep', '1001'], start_new_session=True)\nNone",
    ]);
    expect(verdicts).toEqual(["leaked-handle -"]);
    expect(failures[0]?.message).toMatch(/outlived the kernel, and was ended: sleep 1001\. /);
  });

  test("cells with the tags skip and slow", async () => {
    const { verdicts, cells } = await run(
      [
        { source: "raise SystemExit('never')", tags: ["skip"], stored: "kept\n" },
        { source: "import time\ntime.sleep(1.5)", tags: ["slow"] },
      ],
      { cellTimeoutSeconds: 1 },
    );
    expect(verdicts).toEqual([]);
    expect(cells.map(({ status }) => status)).toEqual(["skipped", "passed"]);
  });
});

describe("a Jupyter server", () => {
  let server: JupyterServer;
  let url: string;
  let token: string;
  const stop = new AbortController();
  beforeAll(async () => {
    server = await startJupyter({
      root,
      python: pythonProgram,
      env: process.env,
      signal: stop.signal,
    });
    const parsed = new URL(server.url);
    url = `${parsed.origin}/`;
    token = parsed.searchParams.get("token") ?? "";
  }, 100_000);
  afterAll(() => server.stop());

  const over = (key = token): Partial<NotebookOptions> => ({
    startKernel: (notebook, options) =>
      startServerKernel({ url, token: key, kernel: "python3" }, notebook, options),
  });

  test("gives the same results as a kernel of its own", async () => {
    const { verdicts, outputs } = await run(EVERYTHING, over());
    expect(verdicts).toEqual([]);
    expectEverything(outputs);
    const kernels = await fetch(`${url}api/kernels?token=${token}`);
    expect(await kernels.json()).toEqual([]);
  });

  test("whose limits drop output is told of", async () => {
    const { verdicts } = await run(["print('x' * 10_000_000)"], over());
    expect(verdicts).toEqual(["output-lost 0"]);
  });

  test("time-outs and a kernel that dies end as elsewhere", async () => {
    const [slow, dead] = await Promise.all([
      run(["while True: pass"], { ...over(), cellTimeoutSeconds: 1 }),
      run(["import os\nos._exit(3)"], over()),
    ]);
    expect([slow.verdicts, dead.verdicts]).toEqual([["cell-timeout 0"], ["kernel-died 0"]]);
  });

  test("a wrong token, and no server at all, say what to do", async () => {
    const nobody = { url: "http://127.0.0.1:1/", token: "", kernel: "python3" };
    const [refused, unanswered] = await Promise.all([
      run(["1"], over("wrong")),
      run(["1"], {
        startKernel: (notebook, options) => startServerKernel(nobody, notebook, options),
      }),
    ]);
    expect([...refused.verdicts, ...unanswered.verdicts]).toEqual(["no-kernel -", "no-kernel -"]);
    expect(refused.failures[0]?.message).toContain("--token or JUPYTER_TOKEN");
    expect(unanswered.failures[0]?.message).toContain("it does not answer");
  });
});

describe("Deno", () => {
  let deno: KernelLaunch;
  beforeAll(async () => {
    // 92 MB that nothing else needs: not among this project's packages, but kept from run to run.
    const home = join(root, ".lab", "deno");
    const install = ["install", "--no-audit", "--no-fund", "--prefix", home, `deno@${DENO}`];
    execFileSync("npm", install, { stdio: "ignore" });
    deno = {
      name: "deno",
      argv: (file) => [join(home, "node_modules/.bin/deno"), "jupyter", "--kernel", "--conn", file],
      env: { DENO_DIR: join(home, "cache"), DENO_NO_UPDATE_CHECK: "1" },
      interruptMode: "message",
    };
  }, 200_000);

  test("runs, returns results, fails as it must", async () => {
    const { verdicts, outputs } = await run(
      [
        "let n: number = 41;",
        "console.log('n is', n);\nn + 1",
        { source: "throw new TypeError('boom')", tags: ["raises-exception: TypeError: boom"] },
        { source: "n", stored: "41\n" },
      ],
      { launch: deno, compare: false },
    );
    expect(verdicts).toEqual([]);
    expect(outputs[1]).toMatchObject([{ text: "n is 41\n" }, { output_type: "execute_result" }]);
  });

  // It takes no unix sockets, and another test may take one of its ports before it does.
  test("a loop is ended in time", { retry: 2, timeout: 90_000 }, async () => {
    const limits = { startupTimeoutSeconds: 20, cellTimeoutSeconds: 1 };
    const { verdicts } = await run(["while (true) {}"], { launch: deno, ...limits });
    expect(verdicts).toEqual(["cell-timeout 0"]);
  });
});
