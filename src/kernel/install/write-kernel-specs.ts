import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CheckMode } from "../settings.js";
import { kernelSpec, LANGUAGES, LOGOS } from "./kernel-spec.js";

export interface SpecOptions {
  /** What a type error does: see `npx typescript-kernel --help`; default `error`. */
  readonly check?: CheckMode;
  /** Environment variables that the kernels get. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Writes the kernelspecs into a data folder of Jupyter, in place of those that are there already.
 *
 * @param dataFolder such as PREFIX/share/jupyter
 * @returns the folders of the kernelspecs
 */
export async function writeKernelSpecs(
  dataFolder: string,
  { check = "error", env }: SpecOptions = {},
): Promise<string[]> {
  const folders: string[] = [];
  for (const language of LANGUAGES) {
    const folder = join(dataFolder, "kernels", language);
    await writeWhole(join(folder, "logo-svg.svg"), LOGOS[language]);
    const spec = { ...kernelSpec(language, check), ...(env && { env }) };
    await writeWhole(join(folder, "kernel.json"), `${JSON.stringify(spec, undefined, 2)}\n`);
    folders.push(folder);
  }
  return folders;
}

/**
 * Writes a file and its folder: never half of it, since Jupyter may be reading it, and nothing where it
 * says that already.
 */
export async function writeWhole(file: string, content: string): Promise<void> {
  if ((await readFile(file, "utf8").catch(() => undefined)) === content) return;
  await mkdir(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  try {
    await writeFile(half, content);
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true }).catch(() => {});
    // What says that the disk is full names no file.
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}
