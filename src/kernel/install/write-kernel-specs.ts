import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CheckMode } from "../settings.js";
import { kernelSpec, LANGUAGES, LOGOS } from "./kernel-spec.js";

/**
 * Writes the kernelspecs into a data folder of Jupyter, in place of those that are there already.
 *
 * @param dataFolder such as PREFIX/share/jupyter
 * @param check what a type error does: see `npx typescript-kernel --help`
 * @returns the folders of the kernelspecs
 */
export async function writeKernelSpecs(
  dataFolder: string,
  check: CheckMode = "error",
): Promise<string[]> {
  const folders: string[] = [];
  for (const language of LANGUAGES) {
    const folder = join(dataFolder, "kernels", language);
    await mkdir(folder, { recursive: true });
    await write(join(folder, "logo-svg.svg"), LOGOS[language]);
    const spec = JSON.stringify(kernelSpec(language, check), undefined, 2);
    await write(join(folder, "kernel.json"), `${spec}\n`);
    folders.push(folder);
  }
  return folders;
}

/** Never half a file: Jupyter may be reading it. */
async function write(file: string, content: string): Promise<void> {
  const half = `${file}.${process.pid}`;
  await writeFile(half, content);
  await rename(half, file);
}
