// Compiles all packages and scripts (`tsc -b`, project references), then bundles the kernel and the
// runner. Run by `npm install` as well. What has not changed is not built again.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// By its path: node_modules/.bin/tsc may be the TypeScript 5.0 that tslab brings.
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const PROJECTS = ["src/web/client", "src/lib", "scripts", "bench"];

const started = Date.now();
const { status, signal } = spawnSync(process.execPath, [tsc, "-b", ...PROJECTS], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) {
  console.error(`The build failed${signal ? ` (${signal})` : ""}; see above.`);
  process.exit(1);
}
for (const { folder, format, splitting } of [
  // A kernel is to be ready at once: its two threads are one file each.
  { folder: "kernel", format: "cjs", splitting: false },
  // Published by itself: what it has of jupyter-wire and guarded-processes goes with it.
  { folder: "runner", format: "esm", splitting: true },
]) {
  await bundle(folder, /** @type {"cjs" | "esm"} */ (format), splitting);
}
mkdirSync(join(root, "dist"), { recursive: true });
// Its content is the time the build began, so that an edit made meanwhile counts as newer.
writeFileSync(join(root, "dist", ".built"), String(started));

/**
 * Bundles what a package's `exports` and `bin` find in dist/bundle, with those of our own packages that
 * are its devDependencies. Every other package stays outside.
 *
 * @param {string} folder below src/
 * @param {"cjs" | "esm"} format
 * @param {boolean} splitting whether parts that are loaded later stay files of their own
 */
async function bundle(folder, format, splitting) {
  const compiled = join(root, "src", folder, "dist");
  const outdir = join(compiled, "bundle");
  const made = join(outdir, "package.json");
  const description = JSON.parse(readFileSync(join(root, "src", folder, "package.json"), "utf8"));
  const within = Object.keys(description.devDependencies ?? {});
  const rooms = ["jupyter", "processes"].map((room) => join(root, "src", room, "dist"));
  const since = statSync(made, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if ([compiled, ...rooms].every((source) => newest(source, outdir) < since)) return;
  const { build } = await import("esbuild");
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: JSON.stringify([description.exports, description.bin])
      .match(/(?<=dist\/bundle\/)[^"]+/g)
      ?.map((name) => join(compiled, name)),
    outbase: compiled,
    outdir,
    bundle: true,
    splitting,
    platform: "node",
    target: "node20",
    format,
    packages: "external",
    plugins: [ownPackages(within)],
    ...(format === "cjs" && {
      banner: { js: 'const import_meta_url = require("node:url").pathToFileURL(__filename).href;' },
      define: { "import.meta.url": "import_meta_url" },
    }),
    logLevel: "warning",
  });
  writeFileSync(made, `{ "type": "${format === "cjs" ? "commonjs" : "module"}" }\n`);
}

/** @param {readonly string[]} within @returns {import("esbuild").Plugin} */
function ownPackages(within) {
  const { resolve } = createRequire(import.meta.url);
  const isWithin = new RegExp(`^(?:${within.join("|")})/`);
  return {
    name: "own packages",
    setup: (build) =>
      build.onResolve({ filter: isWithin }, ({ path }) => ({ path: resolve(path) })),
  };
}

/** When a file below a folder was last changed, but for one folder in it. */
function newest(/** @type {string} */ folder, /** @type {string} */ but) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (path === but) continue;
    latest = Math.max(latest, entry.isDirectory() ? newest(path, but) : statSync(path).mtimeMs);
  }
  return latest;
}
