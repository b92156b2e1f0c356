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

// This runner against `jupyter execute`, papermill and nbmake (pytest-xdist, a process for each of
// two cores): the ten notebooks of the lab's first two sections and 50 generated ones, the same kernel
// (tslab), one Redis, in turn; and this runner on the project's own kernel.
// Usage: npm run bench:runner [-- ROUNDS [lab|generated|both [COUNT]]]; COUNT takes the first notebooks
// of each set. Prints medians: seconds from start to end, seconds of processor time of all processes,
// and the most memory of the runner itself.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rounds = Number(process.argv[2] ?? 3);
const wanted = process.argv[3] ?? "both";
const count = Number(process.argv[4] ?? Infinity);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: { notebooks: string };
};
const venv = join(root, "bench", ".venv");
const bin = (name: string) => join(venv, "bin", name);
const GENERATED = 50;
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
  writeKernelspec(join(folder, "kernels", "tslab"));
  const sets = {
    lab: await selectFiles(["notebooks/[12]*.ipynb"], [root]),
    generated: Array.from({ length: GENERATED }, (_, i) =>
      generate(join(folder, `n${i}.ipynb`), i),
    ),
  };
  const env = { ...process.env, REDIS_URL: redis.url, JUPYTER_PATH: folder };
  for (const [name, selected] of Object.entries(sets)) {
    if (wanted !== "both" && wanted !== name) continue;
    const files = selected.slice(0, count);
    console.log(`${name}: ${files.length} notebooks, median of ${rounds} rounds`);
    const results = new Map<string, Measure[]>();
    for (let round = 0; round < rounds; round++) {
      for (const [runner, command] of Object.entries(commands(files))) {
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

function commands(files: readonly string[]): Record<string, readonly string[]> {
  // As `npm run notebooks` has them.
  const flags = /^node (.*) \S+ notebooks$/.exec(scripts.notebooks)?.[1]?.split(" ") ?? [];
  const script = join(root, "dist", "scripts", "notebooks.js");
  const each = files.map(
    (file) => `'${bin("papermill")}' -k tslab --cwd '${dirname(file)}' '${file}' /dev/null`,
  );
  const xdist = ["-n", "2", "-p", "no:cacheprovider", "-q"];
  return {
    ours: [process.execPath, ...flags, script, "--kernel", "tslab", ...files],
    "ours, own kernel": [process.execPath, ...flags, script, "--kernel", "typescript", ...files],
    "jupyter execute": [bin("jupyter-execute"), "--kernel_name=tslab", ...files],
    papermill: ["/bin/sh", "-ec", each.join("\n")],
    "nbmake, xdist": [bin("pytest"), "--nbmake", "--nbmake-kernel=tslab", ...xdist, ...files],
  };
}

/** Twelve cells that compute, print and wait a little, as notebooks do. */
function generate(file: string, number: number): string {
  const cells = Array.from({ length: 12 }, (_, i) => ({
    cell_type: "code",
    execution_count: null,
    id: `cell-${i}`,
    metadata: {},
    outputs: [{ name: "stdout", output_type: "stream", text: [`${number}: ${i * i}\n`] }],
    source:
      `const value${i} = ${i} * ${i};\n` +
      `await new Promise((resolve) => setTimeout(resolve, 20));\n` +
      `console.log(\`${number}: \${value${i}}\`);`,
  }));
  const kernelspec = { name: "tslab", display_name: "tslab", language: "typescript" };
  const json = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(file, JSON.stringify(json));
  return file;
}

function writeKernelspec(where: string): void {
  const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"];
  mkdirSync(where, { recursive: true });
  const spec = { argv, display_name: "tslab", language: "typescript" };
  writeFileSync(join(where, "kernel.json"), JSON.stringify(spec));
}

function median(all: readonly Measure[], key: keyof Measure): number {
  const values = all.map((one) => one[key]).toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}

function must(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(" ")} failed.`);
}
