import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, resolve, sep } from "node:path";

const SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])([^"'\n]+)\1|^\s*(?:from|import)\s+([\w.]+)/gm;
/** What an import may leave out, or name by what it is built into. */
const ENDINGS = [
  "",
  ".ts",
  ".js",
  ".mts",
  ".cts",
  ".mjs",
  ".cjs",
  ".json",
  "/index.ts",
  "/index.js",
];
const SOURCE = /\.(?:[cm]?[jt]s|tsx|jsx|json|py)$/;
const NOT_SOURCE = new Set(["node_modules", "dist", ".git", ".venv"]);

/**
 * Finds the files that code imports, and what these import: relative paths, Python modules beside
 * it, and all of a package that is a folder of the same project (a workspace). Packages of others
 * change only with the lock file, and are left out.
 *
 * @param file where the code stands; relative paths are meant from its folder
 * @param code in TypeScript, JavaScript or Python
 * @returns absolute paths of existing files
 */
export async function importsOf(file: string, code: string): Promise<Set<string>> {
  const found = new Set<string>();
  const waiting = await direct(file, code);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    if (!SOURCE.test(next) || next.endsWith(".json")) continue;
    waiting.push(...(await direct(next, await readFile(next, "utf8"))));
  }
  return found;
}

async function direct(file: string, code: string): Promise<string[]> {
  const specifiers = [...code.matchAll(SPECIFIER)].map(([, , quoted, python]) => quoted ?? python);
  const files: string[] = [];
  for (const specifier of new Set(specifiers)) {
    if (specifier === undefined) continue;
    if (/^\.{0,2}\//.test(specifier)) {
      files.push(...(await withEnding(resolve(dirname(file), specifier))));
    } else {
      const module = resolve(dirname(file), specifier.replaceAll(".", "/"));
      files.push(...(await isFile(`${module}.py`)), ...(await packageFiles(file, specifier)));
    }
  }
  return files;
}

async function withEnding(path: string): Promise<string[]> {
  const bare = path.slice(0, path.length - extname(path).length);
  const candidates = [
    ...ENDINGS.map((ending) => path + ending),
    ...[".ts", ".mts", ".cts"].map((ending) => bare + ending),
  ];
  for (const candidate of candidates) {
    const found = await isFile(candidate);
    if (found.length > 0) return found;
  }
  return [];
}

/** All sources of a package that node_modules only links to. */
async function packageFiles(file: string, specifier: string): Promise<string[]> {
  const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
  if (name === undefined || specifier.startsWith("node:")) return [];
  const folders = createRequire(file).resolve.paths(name) ?? [];
  for (const folder of folders) {
    const real = await realpath(join(folder, name)).catch(() => undefined);
    if (real === undefined) continue;
    if (real.split(sep).includes("node_modules")) return [];
    return sourcesIn(real);
  }
  return [];
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NOT_SOURCE.has(basename(path)) ? [] : sourcesIn(path);
      return SOURCE.test(entry.name) ? [path] : [];
    }),
  );
  return files.flat();
}

async function isFile(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? [path] : [];
}
