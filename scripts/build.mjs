// Compiles the contract of the jobs (src/jobs/dist), the shared lib (src/lib/dist) and all else (dist),
// the scripts of the upload page on their own, for they run in a browser. Run by `npm install` as well.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// By its path: node_modules/.bin/tsc may be the TypeScript 5.0 that tslab brings.
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

/**
 * The kernel's two threads as one file each, since a kernel is to be ready at once: loading some
 * eighty modules one by one takes longer than all else.
 */
async function bundleKernel() {
  const { build } = await import("esbuild");
  const outdir = join(root, "dist", "kernel");
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, "package.json"), '{ "type": "commonjs" }\n');
  await build({
    entryPoints: ["runtime/runtime-thread", "protocol/protocol-thread"].map((name) =>
      join(root, "dist", "src", "kernel", `${name}.js`),
    ),
    outbase: join(root, "dist", "src", "kernel"),
    outdir,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    banner: { js: 'const import_meta_url = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "import_meta_url" },
    logLevel: "warning",
  });
}

const started = new Date();
const PROJECTS = [
  "src/jobs/tsconfig.json",
  "src/lib/tsconfig.json",
  "src/web/client/tsconfig.json",
  "tsconfig.build.json",
];
for (const project of PROJECTS) {
  const { status, signal } = spawnSync(process.execPath, [tsc, "-p", project], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(`The build of ${project} failed${signal ? ` (${signal})` : ""}; see above.`);
    process.exit(1);
  }
}
await bundleKernel();
mkdirSync(join(root, "dist"), { recursive: true });
// Its content is the time the build began, so that an edit made meanwhile counts as newer.
writeFileSync(join(root, "dist", ".built"), String(started.getTime()));
