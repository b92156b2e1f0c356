import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { selectFiles } from "notebook-runner/read/select-files";
import { findRedis, openRedis } from "redis-lab-start/redis/redis";
import { measured, type Measure } from "./measured.js";
import { generate, type Kernelspec } from "./runner/generated.js";
import { installDeno } from "./runner/install-deno.js";

// This runner against `jupyter execute`, papermill and nbmake (pytest-xdist, a process for each of
// two cores), in turn, on the same kernel: tslab (the ten notebooks of the lab's first two sections, one
// Redis, and 50 generated ones), ipykernel and Deno (50 generated ones each); and this runner on the
// project's own kernel. `many` and `long` are of this runner alone: 500 small notebooks beside 50 of
// them, and one of 1,000 cells beside one of 100.
// Usage: npm run bench:runner [-- ROUNDS [SET [COUNT]]]; COUNT takes the first notebooks of each set.
// Prints medians: seconds from start to end, seconds of processor time of all processes, and the most
// memory of the runner itself.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rounds = Number(process.argv[2] ?? 3);
const wanted = process.argv[3];
const count = Number(process.argv[4] ?? Infinity);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: { notebooks: string };
};
const venv = join(root, "bench", ".venv");
const bin = (name: string) => join(venv, "bin", name);
const GENERATED = 50;
/** What Jupyter puts the connection file in place of. */
const FILE = "{connection_file}";

interface NotebookSet {
  /** Undefined: this runner alone, on its own kernel. */
  readonly kernel?: string;
  readonly files: readonly string[];
}

/** Processes that runners start beside kernels: papermill in the shell's loop, xdist's workers. */
const OWN: Record<string, RegExp> = {
  papermill: /python\S* \S*papermill/,
  "nbmake, xdist": /-c import sys;exec/,
};

if (spawnSync(bin("python"), ["-c", "import nbclient, papermill, nbmake, xdist"]).status !== 0) {
  console.error("Installing the other runners into bench/.venv (once) ...");
  must("python3", ["-m", "venv", venv]);
  must(bin("python"), [
    "-m",
    "pip",
    "install",
    "-q",
    "-r",
    join(root, "bench", "requirements.txt"),
  ]);
}
const folder = await mkdtemp(join(tmpdir(), "redis-lab-bench-"));
const redis = await openRedis(await findRedis({ root, env: process.env, log: console.error }));
try {
  const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
  const typescript = (name: string, argv: readonly string[]) =>
    writeKernelspec(folder, { name, language: "typescript" }, argv);
  const onTslab = typescript("tslab", [process.execPath, tslab, "kernel", "--config-path", FILE]);
  const onDeno = typescript("deno", [installDeno(root), "jupyter", "--kernel", "--conn", FILE]);
  const onPython = { name: "python3", language: "python" };
  const own = { name: "typescript", language: "typescript" };
  const sets: Record<string, NotebookSet> = {
    lab: { kernel: "tslab", files: await selectFiles(["notebooks/[12]*.ipynb"], [root]) },
    generated: { kernel: "tslab", files: generate(folder, onTslab, { count: GENERATED }) },
    ipykernel: { kernel: "python3", files: generate(folder, onPython, { count: GENERATED }) },
    deno: { kernel: "deno", files: generate(folder, onDeno, { count: GENERATED }) },
    "many, 50": { files: generate(folder, own, { count: 50, cells: 2 }) },
    "many, 500": { files: generate(folder, own, { count: 500, cells: 2 }) },
    "long, 100": { files: generate(folder, own, { count: 1, cells: 100 }) },
    "long, 1000": { files: generate(folder, own, { count: 1, cells: 1000 }) },
  };
  const jupyterPath = `${folder}:${join(venv, "share", "jupyter")}`;
  // The ipykernel is that of the other runners' environment.
  const PATH = `${join(venv, "bin")}:${process.env["PATH"] ?? ""}`;
  const env = { ...process.env, PATH, REDIS_URL: redis.url, JUPYTER_PATH: jupyterPath };
  for (const [name, { kernel, files: selected }] of Object.entries(sets)) {
    if (wanted !== undefined && wanted !== name.split(",")[0]) continue;
    const files = selected.slice(0, count);
    console.log(`${name}: ${files.length} notebooks, median of ${rounds} rounds`);
    const results = new Map<string, Measure[]>();
    for (let round = 0; round < rounds; round++) {
      for (const [runner, command] of Object.entries(commands(files, kernel))) {
        const one = await measured(command, { cwd: root, env, own: OWN[runner] });
        console.error(`  ${runner}, round ${round + 1}: ${one.seconds.toFixed(1)} s`);
        results.set(runner, [...(results.get(runner) ?? []), one]);
      }
    }
    const ours = median(results.get("ours") ?? [], "seconds");
    for (const [runner, all] of results) {
      const seconds = median(all, "seconds");
      console.log(
        `  ${runner.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ` +
          `${median(all, "processorSeconds").toFixed(1).padStart(6)} s CPU  ` +
          `${median(all, "megabytes").toFixed(0).padStart(4)} MB  ours/this ${(ours / seconds).toFixed(2)}`,
      );
    }
  }
} finally {
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
}

function commands(files: readonly string[], kernel?: string): Record<string, readonly string[]> {
  // As `npm run notebooks` has them.
  const flags = /^node (.*) \S+ notebooks$/.exec(scripts.notebooks)?.[1]?.split(" ") ?? [];
  const script = join(root, "dist", "scripts", "notebooks.js");
  const ours = (name: string) => [process.execPath, ...flags, script, "--kernel", name, ...files];
  if (kernel === undefined) return { ours: [...ours("typescript"), "--notebook-timeout", "none"] };
  const each = files.map(
    (file) => `'${bin("papermill")}' -k ${kernel} --cwd '${dirname(file)}' '${file}' /dev/null`,
  );
  const xdist = ["-n", "2", "-p", "no:cacheprovider", "-q"];
  return {
    ours: ours(kernel),
    ...(kernel === "tslab" ? { "ours, own kernel": ours("typescript") } : {}),
    "jupyter execute": [bin("jupyter-execute"), `--kernel_name=${kernel}`, ...files],
    papermill: ["/bin/sh", "-ec", each.join("\n")],
    "nbmake, xdist": [bin("pytest"), "--nbmake", `--nbmake-kernel=${kernel}`, ...xdist, ...files],
  };
}

function writeKernelspec(where: string, kernel: Kernelspec, argv: readonly string[]): Kernelspec {
  const place = join(where, "kernels", kernel.name);
  mkdirSync(place, { recursive: true });
  const spec = { argv, display_name: kernel.name, language: kernel.language };
  writeFileSync(join(place, "kernel.json"), JSON.stringify(spec));
  return kernel;
}

function median(all: readonly Measure[], key: keyof Measure): number {
  const values = all.map((one) => one[key]).toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}

function must(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(" ")} failed.`);
}
