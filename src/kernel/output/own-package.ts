import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Whether a file is the user's own: in the package of the notebook's folder, or in none. A package
 * that is linked into node_modules has its own package.json, as an installed one has.
 *
 * @param file path or file URL, as a stack trace names it
 */
export function isOwnFile(file: string, folder = process.cwd()): boolean {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  if (path.includes("/node_modules/")) return false;
  return packageOf(dirname(path)) === packageOf(folder);
}

/** The nearest folder with a package.json; undefined where there is none. */
function packageOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) return undefined;
  }
}
