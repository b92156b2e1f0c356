import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// All checks and tests: `npm test [-- vitest arguments]`. Ends with a line `N passed, N failed`, in
// which each check counts as one.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bin = (path: string) => join(root, "node_modules", path);
const CHECKS = {
  "type check": [bin("typescript/bin/tsc"), "-p", "tsconfig.json"],
  "type check of notebooks": [join(root, "dist", "scripts", "check-notebooks.js")],
  lint: [bin("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings"],
  format: [bin("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."],
};

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const checks = await Promise.all(
  Object.entries(CHECKS).map(async ([name, command]) => {
    const { status, output } = await run(command, "pipe");
    console.log(status === 0 ? `ok   ${name}` : `FAIL ${name}\n${output.trimEnd()}\n`);
    return status === 0;
  }),
);
const tests = await runTests(process.argv.slice(2));
const passed = checks.filter(Boolean).length + tests.passed;
const failed = checks.filter((ok) => !ok).length + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** vitest tells its counts in a file; a run that broke before it could counts as one failure. */
async function runTests(args: readonly string[]): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), "redis-lab-test-"));
  try {
    const file = join(folder, "results.json");
    const vitest = bin("vitest/vitest.mjs");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const { status } = await run([vitest, "run", ...reporters, ...args], "inherit");
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

function run(command: readonly string[], stdio: "pipe" | "inherit") {
  return new Promise<{ status: number | null; output: string }>((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", stdio, stdio] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, output }));
  });
}
