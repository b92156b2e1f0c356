import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type * as Maps from "resolve-pkg-maps";

const require = createRequire(import.meta.url);
const CONDITIONS = ["node", "import", "module-sync", "default"];

/**
 * The TypeScript file that a package of the user's own means by a specifier: one that is linked into
 * node_modules from elsewhere, as workspaces are, and whose package.json leads to its sources.
 *
 * @returns undefined for installed packages, and for those that lead to JavaScript
 */
export function workspaceSource(specifier: string, parent: string): string | undefined {
  const [, name = "", subpath = ""] = /^((?:@[^/]+\/)?[^/@.][^/]*)(\/.*)?$/.exec(specifier) ?? [];
  if (name === "") return undefined;
  const folder = linkedFolder(name, parent);
  if (folder === undefined) return undefined;
  try {
    const description = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
    return targets(description, subpath)
      .map((target) => join(folder, target))
      .find((file) => /(?<!\.d)\.[cm]?tsx?$/.test(file) && isFile(file));
  } catch {
    // Not exported, or no package: Node's loader tells.
    return undefined;
  }
}

interface Package {
  readonly exports?: Maps.PathConditions | string | null;
  readonly main?: string;
}

function targets({ exports, main }: Package, subpath: string): readonly string[] {
  if (exports !== undefined && exports !== null) {
    const { resolveExports } = require("resolve-pkg-maps") as typeof Maps;
    return resolveExports(exports, subpath.slice(1), CONDITIONS);
  }
  const path = subpath === "" ? (main ?? "index") : subpath;
  return [path, ...[".ts", ".tsx", "/index.ts", ".mts", ".cts"].map((ending) => path + ending)];
}

/** Where a package is linked from, if it is, and not from another node_modules as with pnpm. */
function linkedFolder(name: string, parent: string): string | undefined {
  for (let at = dirname(parent); ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) {
      const real = realpathSync(folder);
      return real.includes(`${sep}node_modules${sep}`) ? undefined : real;
    }
    if (at === dirname(at)) return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
