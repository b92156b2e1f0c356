import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { root } from "../root.js";
import { pack } from "./pack.js";

// Every package as it would be published: packed by npm, installed from its tarball into an empty project.
interface Description {
  readonly name: string;
  readonly type: "module" | "commonjs";
  readonly exports: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
}
const folders = await readdir(join(root, "src"));
const packages = await Promise.all(
  folders.map(async (folder) => {
    const text = await readFile(join(root, "src", folder, "package.json"), "utf8");
    return JSON.parse(text) as Description;
  }),
);
const NODES = ["20.19", "22", "24"];
/** Entries that do something as soon as they are loaded: they are programs. */
const PROGRAMS = /\/(?:cli|main|runtime|protocol|worker|watch-tslab|end-with-parent)/;

let project: string;
const tarballs = new Map<string, string>();
/** A download that stands still is begun anew, instead of waited for; npm itself waits five minutes. */
const env = { ...process.env, npm_config_fetch_timeout: "30000", npm_config_fetch_retries: "5" };
const LIMIT = 240_000;
const run = (command: string, args: readonly string[], { cwd }: { cwd: string }) =>
  promisify(execFile)(command, args, { cwd, env, timeout: LIMIT - 10_000 });
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "packages ż-"));
  for (const { name } of packages) tarballs.set(name, await pack(name, project));
  await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }');
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", ...quiet, ...tarballs.values()], { cwd: project });
}, 300_000);
afterAll(() => rm(project, { recursive: true, force: true }));

describe.each(packages)("$name", (description) => {
  const { name } = description;
  test("has a sound package.json (publint)", async () => {
    const tarball = (await readFile(tarballs.get(name)!)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("gives its types to who imports it (attw)", async () => {
    const data = new Uint8Array(await readFile(tarballs.get(name)!));
    const result = await checkPackage(createPackageFromTarballData(data));
    const problems = "problems" in result ? result.problems : [];
    // Packages of modules only, and entries for programs, which have no types.
    const known = ["CJSResolvesToESM", "NoResolution", "UntypedResolution"];
    expect(problems.filter(({ kind }) => !known.includes(kind))).toEqual([]);
  });
});

describe.each(NODES)("on Node %s", (version) => {
  test(
    "every package loads by each of its names, and its programs tell their version",
    async () => {
      const node = (args: readonly string[]) =>
        run("npx", ["--yes", `--package=node@${version}`, "node", ...args], { cwd: project });
      const entries = packages.flatMap(({ name, exports }) =>
        Object.keys(exports)
          .map((key) => name + key.slice(1))
          .filter((entry) => !entry.endsWith("package.json") && !PROGRAMS.test(entry))
          // Loaded by a test runner.
          .filter((entry) => !/vitest|node-test/.test(entry)),
      );
      const script = entries.map((entry) => `await import(${JSON.stringify(entry)});`).join("\n");
      const { stdout } = await node([
        "--input-type=module",
        "-e",
        `${script}\nconsole.log(process.version); process.exit()`,
      ]);
      expect(stdout).toContain(`v${version}`);
      for (const { name, bin = {} } of packages) {
        for (const program of Object.values(bin)) {
          const file = join(project, "node_modules", name, program);
          expect((await node([file, "--version"])).stdout).toMatch(/^\d+\.\d+\.\d+$/m);
        }
      }
    },
    LIMIT,
  );
});
