import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const inModules = (path: string) => join(root, "node_modules", path);

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Runs vitest, which tells its counts in a file; a run that broke before it could is one failure. */
export async function runVitest(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), "redis-lab-test-"));
  try {
    const file = join(folder, "results.json");
    const vitest = inModules("vitest/vitest.mjs");
    const retried = join(root, "test", "retried-reporter.ts");
    const reporters = ["default", "json", retried].map((name) => `--reporter=${name}`);
    reporters.push(`--outputFile.json=${file}`);
    const { status } = await run([vitest, "run", ...reporters, ...args], "inherit", env);
    const results = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as {
      numPassedTests?: number;
      numFailedTests?: number;
    };
    const counted = results.numFailedTests ?? 0;
    // A file that does not load, or an error outside any test, fails the run but no test.
    const broken = status !== 0 && counted === 0 ? 1 : 0;
    return { passed: results.numPassedTests ?? 0, failed: counted + broken };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Prints the closing line, and sets the exit status: a run without a single test has failed. */
export function conclude({ passed, failed }: Counts): void {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** Runs a JavaScript program of the project. */
export function run(
  command: readonly string[],
  stdio: "pipe" | "inherit",
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      env,
      stdio: ["ignore", stdio, stdio],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    // Ctrl-C reaches the child as well, but a kill only this process.
    const end = (signal: NodeJS.Signals) => child.kill(signal);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, end);
    child.once("error", reject);
    child.once("close", (status) => {
      for (const signal of signals) process.off(signal, end);
      resolve({ status, output });
    });
  });
}
