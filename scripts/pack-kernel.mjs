// Makes the kernel's own package in dist/kernel-package and packs it: a tarball for any Jupyter, to be
// installed by `npx`. Prints the tarball's path. Usage: npm run pack:kernel [-- FOLDER].
import { chmodSync, cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pack, root } from "./pack.mjs";

const dist = join(root, "dist");
const made = join(dist, "kernel-package");
/** As they lie in dist, since the installer finds the kernel by its place. */
const PARTS = ["kernel", "scripts/kernel.js", "src/kernel/errors.js", "src/kernel/install"];
const DEPENDENCIES = [
  // The types of Node's own modules, for the cells.
  "@types/node",
  // Decorators of tsconfig.json's experimentalDecorators.
  "esbuild",
  "get-tsconfig",
  "magic-string",
  "oxc-parser",
  "oxc-transform",
  "typescript",
  "zeromq",
];

rmSync(made, { recursive: true, force: true });
for (const part of PARTS) {
  cpSync(join(dist, part), join(made, part), {
    recursive: true,
    filter: (file) => !/\.(map|d\.ts)$/.test(file),
  });
}
const bin = "scripts/kernel.js";
chmodSync(join(made, bin), 0o755);
pack(
  made,
  join(root, "src", "kernel", "README.md"),
  resolve(process.argv[2] ?? dist),
  DEPENDENCIES,
  () => ({
    name: "redis-lab-kernel",
    description: "A Jupyter kernel for TypeScript on Node.js, with types checked cell by cell",
    bin: { "redis-lab-kernel": bin },
  }),
);
