// Makes the runner's own package in dist/package and packs it: a tarball for any project, to be used
// by `npx` or from vitest. Prints the tarball's path. Usage: npm run pack:runner [-- FOLDER].
import { chmodSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pack, root, run } from "./pack.mjs";

const made = join(root, "dist", "package");
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
chmodSync(join(made, "scripts", "runner-bin.js"), 0o755);
pack(
  made,
  join(root, "src", "runner", "README.md"),
  resolve(process.argv[2] ?? join(root, "dist")),
  DEPENDENCIES,
  ({ dependencies }) => ({
    name: "redis-lab-runner",
    description: "Runs Jupyter notebooks headless, with any kernel, and compares their outputs",
    bin: { "redis-lab-runner": "scripts/runner-bin.js" },
    exports: { "./vitest": "./src/runner/vitest.js" },
    peerDependencies: { tslab: dependencies["tslab"], vitest: ">=3" },
    peerDependenciesMeta: { tslab: { optional: true }, vitest: { optional: true } },
  }),
);
