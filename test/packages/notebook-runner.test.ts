import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { writeFixture } from "../runner/fixtures.js";
import { pack } from "./pack.js";
import { root } from "../root.js";

// The package as others get it: packed by npm, and installed into a folder that has nothing.
let folder: string;
let tarball: string;
let env: NodeJS.ProcessEnv;
const python3 = { kernelspec: { name: "python3", language: "python", display_name: "Python" } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "empty folder "));
  await installJupyterLab({ root, env: process.env, log: console.error });
  // Nothing of this project may help: neither its folder nor what npm told it.
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|INIT_CWD|NODE_PATH|VITEST)/.test(name),
  );
  env = { ...Object.fromEntries(clean), JUPYTER_PATH: join(root, ".venv/share/jupyter"), CI: "1" };
  tarball = await pack("notebook-runner", folder);
}, 400_000);
afterAll(() => rm(folder, { recursive: true }));

/** @returns also for a command that fails */
function run(command: string, args: readonly string[], cwd: string) {
  return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    execFile(command, args, { cwd, env }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}

test("npx runs it in an empty folder", async () => {
  const empty = join(folder, "npx");
  await mkdir(empty);
  await writeFixture(empty, "good.ipynb", [{ source: "print(6 * 7)", stored: "42\n" }], python3);
  await writeFixture(empty, "bad.ipynb", [{ source: "print(6 * 7)", stored: "41\n" }], python3);
  const npx = (...args: string[]) =>
    run("npx", ["--yes", `--package=${tarball}`, "notebook-runner", ...args], empty);
  const { status, stdout } = await npx("--html", "report.html");
  expect(stdout).toMatch(/ok {3}good\.ipynb/);
  expect(stdout).toMatch(/-41\n\s*\+42/);
  expect(stdout).toContain("1 of 2 notebooks passed, 1 failed");
  expect(status).toBe(1);
  expect(await readFile(join(empty, "report.html"), "utf8")).toContain("1 failed, 1 passed");
  expect((await npx("--help")).stdout).toContain("npx notebook-runner -p count=3");
}, 300_000);

test("three lines make tests of notebooks in another project", async () => {
  const project = join(folder, "project");
  await mkdir(join(project, "notebooks"), { recursive: true });
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({
      type: "module",
      dependencies: { "notebook-runner": `file:${tarball}`, vitest: devDependencies["vitest"] },
    }),
  );
  await writeFile(
    join(project, "notebooks.test.ts"),
    'import { notebookTests } from "notebook-runner/vitest";\n\nawait notebookTests("notebooks");\n',
  );
  const cells = [
    { source: "n = 6\nprint(n * 7)", stored: "42\n" },
    { source: "print(n)", stored: "7\n" },
    { source: "1 / 0", tags: ["skip"] },
  ];
  await writeFixture(join(project, "notebooks"), "n.ipynb", cells, python3);
  const installed = await run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefer-offline"],
    project,
  );
  expect(installed).toMatchObject({ status: 0 });
  const vitest = join(project, "node_modules/vitest/vitest.mjs");
  const { status, stdout } = await run(
    process.execPath,
    [vitest, "run", "--reporter=json", "--root", project],
    project,
  );
  const { testResults } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
    testResults: {
      assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
    }[];
  };
  const found = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(found.map((one) => `${one.status} ${one.fullName}`)).toEqual([
    "passed notebooks/n.ipynb code cell 1: n = 6",
    "failed notebooks/n.ipynb code cell 2: print(n)",
    "skipped notebooks/n.ipynb code cell 3: 1 / 0",
    "passed notebooks/n.ipynb the kernel starts and ends",
  ]);
  expect(found[1]?.failureMessages.join("")).toMatch(/output mismatch[^]*-7\n\s*\+6/);
  expect(status).toBe(1);
}, 300_000);
