import { realpath, stat } from "node:fs/promises";
import { extname, relative, resolve, sep } from "node:path";
import { UsageError } from "../errors.js";
import { textFormat } from "./text-notebook.js";

const IGNORED = ["**/.ipynb_checkpoints/**", "**/node_modules/**"];

/**
 * Finds the notebooks that files, folders and globs name.
 *
 * @param folders what relative names are relative to, in turn: the first that holds one wins
 * @param ignore globs, files and folders that are left out; a glob without a folder, in any folder
 * @returns absolute paths, each once, in natural order (2 before 10)
 * @throws {UsageError} for a name that leads to nothing
 */
export async function selectFiles(
  names: readonly string[],
  folders: readonly string[],
  ignore: readonly string[] = [],
): Promise<string[]> {
  const files = new Set<string>();
  for (const name of names) {
    for (const file of await expand(name, folders)) files.add(file);
  }
  return (await ignoring(await eachOnce(files), ignore, folders)).toSorted(inNaturalOrder);
}

async function ignoring(
  files: readonly string[],
  ignore: readonly string[],
  folders: readonly string[],
): Promise<readonly string[]> {
  if (ignore.length === 0) return files;
  // Loaded when needed, as is the glob.
  const { default: picomatch } = await import("picomatch");
  const matchers = ignore.flatMap((pattern) => {
    const name = pattern.replace(/\/+$/, "");
    const anywhere = name.includes("/") ? name : `**/${name}`;
    return folders.map((folder) => ({
      folder,
      matches: picomatch([name, `${name}/**`, anywhere, `${anywhere}/**`], { dot: true }),
    }));
  });
  return files.filter((file) => {
    return !matchers.some(({ folder, matches }) => {
      const path = relative(folder, file).split(sep).join("/");
      return matches(path) || matches(file) || matches(path.replace(/^(?:\.\.\/)+/, ""));
    });
  });
}

/** Links may lead to a file on several ways: then the one without links counts, or else the first. */
async function eachOnce(files: Iterable<string>): Promise<string[]> {
  const ways = new Map<string, string>();
  for (const file of files) {
    const real = await realpath(file).catch(() => file);
    if (!ways.has(real) || file === real) ways.set(real, file);
  }
  return [...ways.values()];
}

async function expand(name: string, folders: readonly string[]): Promise<string[]> {
  // A file whose name looks like a glob is a file all the same.
  for (const folder of folders) {
    const path = resolve(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return [path];
    if (found?.isDirectory()) {
      const { glob } = await import("tinyglobby");
      const notebooks = await glob("**/*.ipynb", { cwd: path, absolute: true, ignore: IGNORED });
      if (notebooks.length > 0) return notebooks;
      throw new UsageError(`${name}: the folder holds no notebook (*.ipynb).`);
    }
  }
  const { glob, isDynamicPattern } = await import("tinyglobby");
  if (!isDynamicPattern(name)) {
    throw new UsageError(`${name}: no such file or folder.`);
  }
  for (const folder of folders) {
    const notebooks = await glob(name, { cwd: folder, absolute: true, ignore: IGNORED });
    if (notebooks.length > 0) {
      return notebooks.filter((file) => file.endsWith(".ipynb") || isNamed(file, name));
    }
  }
  throw new UsageError(`${name}: no notebook matches.`);
}

/** Plain text is a notebook where somebody says so by its ending. */
function isNamed(file: string, pattern: string): boolean {
  return textFormat(file) !== undefined && extname(file) === extname(pattern);
}

/** 2 before 10. Without `localeCompare`, for whose tables the process would hold 3 MB more. */
function inNaturalOrder(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.split(/(\d+)/)) as [string[], string[]];
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? "";
    // Every second part is a number.
    const order = index % 2 === 1 ? Number(part) - Number(other) : 0;
    if (order !== 0) return order;
    if (part !== other) return part < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** A path as a person reads it: relative to a folder where it is below it. */
export function shortPath(file: string, folder = process.cwd()): string {
  const short = relative(folder, file);
  return short.startsWith("..") ? file : short;
}
