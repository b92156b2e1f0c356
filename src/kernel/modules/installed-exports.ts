import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { exportedNames, exportingFile } from "./exported-names.js";

/** Modules of Node of which people use names without thinking of an import. */
const NODE_MODULES =
  "fs path os util crypto events child_process url readline stream zlib assert http https perf_hooks worker_threads timers/promises fs/promises".split(
    " ",
  );
/** More packages than these are not asked. */
const PACKAGES_LIMIT = 60;

interface Found {
  readonly stamp: string;
  /** For each name the modules that export it. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

const byFolder = new Map<string, Found>();

/** The modules that export a name: Node's own, and packages of the nearest package.json. */
export function modulesWith(name: string, folder: string): readonly string[] {
  return installedExports(folder).get(name) ?? [];
}

/** All names that could be imported, each with the modules that export it. */
export function installedExports(folder: string): ReadonlyMap<string, readonly string[]> {
  const home = packageFolder(folder);
  const stamp = [`${home}/package.json`, `${home}/node_modules/.package-lock.json`]
    .map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs)
    .join();
  const known = byFolder.get(folder);
  if (known?.stamp === stamp) return known.modules;
  const modules = new Map<string, string[]>();
  const add = (name: string, module: string) =>
    modules.set(name, [...(modules.get(name) ?? []), module]);
  for (const name of dependencies(home)) for (const one of namesOf(name, home)) add(one, name);
  const require = createRequire(import.meta.url);
  for (const name of NODE_MODULES) {
    const exported = require(`node:${name}`) as object;
    for (const one of Object.keys(exported)) if (!one.startsWith("_")) add(one, `node:${name}`);
  }
  byFolder.set(folder, { stamp, modules });
  return modules;
}

function packageFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) return folder;
  }
}

function dependencies(home: string): string[] {
  try {
    const { dependencies: own = {}, devDependencies: others = {} } = JSON.parse(
      readFileSync(join(home, "package.json"), "utf8"),
    ) as { dependencies?: object; devDependencies?: object };
    const names = [...Object.keys(own), ...Object.keys(others)];
    return names.filter((name) => !name.startsWith("@types/")).slice(0, PACKAGES_LIMIT);
  } catch {
    return [];
  }
}

function namesOf(name: string, home: string): Iterable<string> {
  try {
    const types = `@types/${name.replace(/^@/, "").replace("/", "__")}`;
    for (let at = home; ; at = dirname(at)) {
      const folder = join(at, "node_modules", name);
      if (existsSync(folder)) {
        const file = exportingFile(folder, join(at, "node_modules", types));
        return file === undefined ? [] : exportedNames(file);
      }
      if (at === dirname(at)) return [];
    }
  } catch {
    // A package that is half there.
    return [];
  }
}
