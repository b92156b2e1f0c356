import { statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { projectSettings } from "./tsconfig.js";
import { workspaceSource } from "./workspace-packages.js";

const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".json"];

/** TypeScript sources are imported under the name of what they compile to. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/**
 * The file that a specifier means if it is the user's own: relative, absolute, a file URL, one of
 * `paths` in the nearest tsconfig, one of `imports` in the nearest package.json, or a source of a
 * workspace's package. Endings may be missing or those of the compiled file.
 *
 * @param parent the importing file
 * @returns undefined for packages and built-ins, and when there is no such file
 */
export function resolveLocal(specifier: string, parent: string): string | undefined {
  const path = localPath(specifier, parent);
  if (path !== undefined) return withEnding(path);
  if (specifier.startsWith("#")) return fromPackageImports(specifier, parent);
  if (isBuiltin(specifier) || /^[a-z][a-z+.-]*:/i.test(specifier)) return undefined;
  for (const candidate of projectSettings(parent).candidates(specifier)) {
    const found = withEnding(candidate);
    // `paths` may lead to declarations only, which have nothing to run.
    if (found !== undefined && !/\.d\.[cm]?ts$/.test(found)) return found;
  }
  return workspaceSource(specifier, parent);
}

/** What the nearest package.json says under `imports`, if it is TypeScript: Node loads the rest. */
function fromPackageImports(specifier: string, parent: string): string | undefined {
  try {
    const found = createRequire(parent).resolve(specifier);
    return /\.[cm]?tsx?$/.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a specifier names a file, not a package. */
export function isPath(specifier: string): boolean {
  return /^\.{1,2}(\/|\\|$)|^file:/.test(specifier) || isAbsolute(specifier);
}

function localPath(specifier: string, parent: string): string | undefined {
  if (!isPath(specifier)) return undefined;
  if (specifier.startsWith("file:")) return fileURLToPath(specifier.replace(/[?#].*$/, ""));
  return resolve(dirname(parent), specifier.replace(/\?.*$/, ""));
}

function withEnding(path: string): string | undefined {
  const ending = /\.[cm]?jsx?$/.exec(path)?.[0];
  if (ending !== undefined) {
    const bare = path.slice(0, -ending.length);
    const source = SOURCES[ending]?.map((one) => bare + one).find(isFile);
    if (source !== undefined) return source;
  }
  if (isFile(path)) return path;
  return (
    ENDINGS.map((one) => path + one).find(isFile) ??
    ENDINGS.map((one) => join(path, `index${one}`)).find(isFile)
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
