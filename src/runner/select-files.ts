import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { UsageError } from "./errors.js";

const IGNORED = ["**/.ipynb_checkpoints/**", "**/node_modules/**"];

/**
 * Finds the notebooks that files, folders and globs name.
 *
 * @param folders what relative names are relative to, in turn: the first that holds one wins
 * @returns absolute paths, each once, in natural order (2 before 10)
 * @throws {UsageError} for a name that leads to nothing
 */
export async function selectFiles(
  names: readonly string[],
  folders: readonly string[],
): Promise<string[]> {
  const files = new Set<string>();
  for (const name of names) {
    for (const file of await expand(name, folders)) files.add(file);
  }
  return [...files].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

async function expand(name: string, folders: readonly string[]): Promise<string[]> {
  // A file whose name looks like a glob is a file all the same.
  for (const folder of folders) {
    const path = resolve(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return [path];
    if (found?.isDirectory()) {
      const notebooks = await glob("**/*.ipynb", { cwd: path, absolute: true, ignore: IGNORED });
      if (notebooks.length > 0) return notebooks;
      throw new UsageError(`${name}: the folder holds no notebook (*.ipynb).`);
    }
  }
  if (!isDynamicPattern(name)) {
    throw new UsageError(`${name}: no such file or folder.`);
  }
  for (const folder of folders) {
    const notebooks = await glob(name, { cwd: folder, absolute: true, ignore: IGNORED });
    if (notebooks.length > 0) return notebooks.filter((file) => file.endsWith(".ipynb"));
  }
  throw new UsageError(`${name}: no notebook matches.`);
}

/** A path as a person reads it: relative to a folder where it is below it. */
export function shortPath(file: string, folder = process.cwd()): string {
  const short = relative(folder, file);
  return short.startsWith("..") ? file : short;
}
