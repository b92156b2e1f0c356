// Makes the runner's own package in dist/package and packs it: a tarball for any project, to be used
// by `npx` or from vitest. Prints the tarball's path. Usage: npm run pack:runner [-- FOLDER].
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const made = join(root, "dist", "package");
const destination = resolve(process.argv[2] ?? join(root, "dist"));
const DEPENDENCIES = [
  "@jupyterlab/services",
  "diff",
  "marked",
  "pixelmatch",
  "pngjs",
  "tinyglobby",
  "zeromq",
];

rmSync(made, { recursive: true, force: true });
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
run(process.execPath, [tsc, "-p", "tsconfig.package.json"], root);
const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const description = {
  name: "redis-lab-runner",
  version: own.version,
  description: "Runs Jupyter notebooks headless, with any kernel, and compares their outputs",
  license: own.license,
  type: "module",
  engines: own.engines,
  bin: { "redis-lab-runner": "scripts/runner-bin.js" },
  exports: { "./vitest": "./src/runner/vitest.js" },
  dependencies: Object.fromEntries(DEPENDENCIES.map((name) => [name, own.dependencies[name]])),
  peerDependencies: { tslab: own.dependencies.tslab, vitest: ">=3" },
  peerDependenciesMeta: { tslab: { optional: true }, vitest: { optional: true } },
};
writeFileSync(join(made, "package.json"), `${JSON.stringify(description, undefined, 2)}\n`);
copyFileSync(join(root, "LICENSE"), join(made, "LICENSE"));
copyFileSync(join(root, "src", "runner", "README.md"), join(made, "README.md"));
chmodSync(join(made, "scripts", "runner-bin.js"), 0o755);
mkdirSync(destination, { recursive: true });
const packed = run("npm", ["pack", "--json", "--pack-destination", destination], made);
console.log(join(destination, JSON.parse(packed)[0].filename));

function run(
  /** @type {string} */ command,
  /** @type {string[]} */ args,
  /** @type {string} */ cwd,
) {
  const { status, stdout } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) {
    console.error(stdout);
    process.exit(1);
  }
  return stdout;
}
