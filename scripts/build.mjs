// Compiles the contract of the jobs (src/jobs/dist), the shared lib (src/lib/dist) and all else (dist). Run by `npm install` as well.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// By its path: node_modules/.bin/tsc may be the TypeScript 5.0 that tslab brings.
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

const started = new Date();
for (const project of ["src/jobs/tsconfig.json", "src/lib/tsconfig.json", "tsconfig.build.json"]) {
  const { status, signal } = spawnSync(process.execPath, [tsc, "-p", project], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(`The build of ${project} failed${signal ? ` (${signal})` : ""}; see above.`);
    process.exit(1);
  }
}
mkdirSync(join(root, "dist"), { recursive: true });
// Its content is the time the build began, so that an edit made meanwhile counts as newer.
writeFileSync(join(root, "dist", ".built"), String(started.getTime()));
