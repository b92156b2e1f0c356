import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { writeFixture } from "../runner/fixtures.js";
import { pack } from "./pack.js";
import { root } from "../root.js";

// The package as others get it: packed by npm, installed by npx, used by Jupyter's own client.
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "empty folder "));
  await installJupyterLab({ root, env: process.env, log: console.error });
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|INIT_CWD|NODE_PATH|VITEST|JUPYTER)/.test(name),
  );
  env = { ...Object.fromEntries(clean), CI: "1" };
}, 400_000);
afterAll(() => rm(folder, { recursive: true }));

async function run(command: string, ...args: string[]): Promise<string> {
  const cwd = join(folder, "notebooks é");
  await mkdir(cwd, { recursive: true });
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}

test("npx installs it from the tarball, and jupyter execute runs a notebook on it", async () => {
  const tarball = await pack("typescript-kernel", folder);
  const prefix = join(folder, "prefix");
  const npx = ["--yes", `--package=${tarball}`, "typescript-kernel"];
  expect(await run("npx", ...npx, "install", "--prefix", prefix)).toContain("Installed in");

  const cells = [
    { source: "const numbers: number[] = [1, 2];" },
    { source: "import { basename } from 'node:path';\nbasename('/a/b') + numbers.length" },
    { source: "const wrong: string = 1;", tags: ["raises-exception"] },
  ];
  const metadata = {
    kernelspec: { name: "typescript", language: "typescript", display_name: "TypeScript" },
  };
  const notebook = await writeFixture(join(folder, "notebooks é"), "n.ipynb", cells, metadata);
  env = { ...env, JUPYTER_PATH: join(prefix, "share", "jupyter") };
  await run(join(root, ".venv", "bin", "jupyter-execute"), "--inplace", notebook);
  const ran = JSON.parse(await readFile(notebook, "utf8")) as {
    cells: { outputs: { ename?: string; data?: Record<string, unknown> }[] }[];
  };
  const outputs = ran.cells.map((cell) => cell.outputs[0]);
  expect([outputs[1]?.data?.["text/plain"]].flat().join("")).toBe("b2");
  expect(outputs[2]?.ename).toBe("TypeScriptError");
}, 300_000);
