import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { selectFiles } from "../src/runner/select-files.js";
import { findRedis, openRedis } from "../src/services/redis.js";

// Wall time of this runner against `jupyter execute`: the lab's notebooks, the same kernel (tslab),
// one Redis, in turn. Usage: npm run bench:runner [-- ROUNDS]. Prints seconds and their ratio.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rounds = Number(process.argv[2] ?? 3);
const venv = join(root, "bench", ".venv");
const python = join(venv, "bin", "python");

if (spawnSync(python, ["-c", "import nbclient"]).status !== 0) {
  console.error("Installing nbclient into bench/.venv (once) ...");
  must("python3", ["-m", "venv", venv]);
  must(python, ["-m", "pip", "install", "-q", "-r", join(root, "bench", "requirements.txt")]);
}
const folder = await mkdtemp(join(tmpdir(), "redis-lab-bench-"));
const redis = await openRedis(await findRedis({ root, env: process.env, log: console.error }));
try {
  writeKernelspec(join(folder, "kernels", "tslab"));
  const env = { ...process.env, REDIS_URL: redis.url, JUPYTER_PATH: folder };
  const files = await selectFiles(["notebooks"], [root]);
  const jupyter = ["--kernel_name=tslab", ...files];
  const ours = [join(root, "dist", "scripts", "notebooks.js"), ...files];
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const a = await timed(process.execPath, ours, env);
    const b = await timed(join(venv, "bin", "jupyter-execute"), jupyter, env);
    ratios.push(a / b);
    console.log(
      `${files.length} notebooks: ours ${a.toFixed(1)} s, jupyter execute ${b.toFixed(1)} s, ratio ${(a / b).toFixed(2)}`,
    );
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)];
  console.log(`median ratio ${median?.toFixed(2)}`);
} finally {
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
}

function writeKernelspec(where: string): void {
  const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"];
  mkdirSync(where, { recursive: true });
  const spec = { argv, display_name: "tslab", language: "typescript" };
  writeFileSync(join(where, "kernel.json"), JSON.stringify(spec));
}

/** Seconds from start to end of a command that must succeed. */
function timed(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.once("error", reject);
    child.once("close", (status) => {
      if (status === 0) resolve((performance.now() - started) / 1000);
      else reject(new Error(`${command} ended with status ${status}:\n${output}`));
    });
  });
}

function must(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(" ")} failed.`);
}
