import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Installs Deno into bench/kernels, once. */
export function installDeno(root: string): string {
  const folder = join(root, "bench", "kernels");
  const deno = join(folder, "node_modules", ".bin", "deno");
  if (existsSync(deno)) return deno;
  console.error("Installing Deno into bench/kernels (once) ...");
  const { status } = spawnSync("npm", ["install", "--no-package-lock", "--prefix", folder], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("Deno could not be installed.");
  return deno;
}
