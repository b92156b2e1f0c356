import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { isPath } from "./resolve-local.js";

/**
 * How a package that was not found is installed, and where; undefined for what is no package.
 *
 * @param folder of the importing file
 */
export function installAdvice(specifier: string, folder: string): string | undefined {
  const isPackage = /^(?:@[\w.~-]+\/)?[\w.~-]+(?:\/|$)/.test(specifier);
  if (!isPackage || isPath(specifier) || isBuiltin(specifier)) return undefined;
  return `Install it: \`npm install ${packageName(specifier)}\` in ${packageFolder(folder)}`;
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Where npm would put it: the nearest folder with a package.json, or else the folder itself. */
function packageFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) return folder;
  }
}
