import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeWhole } from "typescript-kernel/kernel-specs";

const NAME = "redis-lab-cells-wait";
const LOADED = "cells-wait.js";

/** JupyterLab's plugin whose place the extension takes. */
export const REPLACED_PLUGIN = "@jupyterlab/notebook-extension:cell-executor";

/**
 * Lays the JupyterLab extension `cells-wait.cjs` out, so that a cell which is run before there is a
 * kernel waits for it.
 *
 * @param folder of JupyterLab's extensions; it is made
 */
export async function writeCellsWait(folder: string): Promise<void> {
  const own = join(folder, NAME);
  await mkdir(join(own, "static"), { recursive: true });
  const script = createRequire(import.meta.url).resolve("./cells-wait.cjs");
  // The compiler makes a module of CommonJS of it, and a browser has none.
  const alone = `((exports) => {\n${await readFile(script, "utf8")}\n})({});\n`;
  await writeWhole(join(own, "static", LOADED), alone);
  const described = {
    name: NAME,
    version: "0.1.0",
    jupyterlab: { extension: true, _build: { load: `static/${LOADED}`, extension: "./extension" } },
  };
  await writeWhole(join(own, "package.json"), `${JSON.stringify(described, undefined, 2)}\n`);
}
