import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** `export * from` is followed so far. */
const DEPTH = 3;
/** Declarations that are longer than this are not read: it takes too long while someone types. */
const MAX_BYTES = 400_000;

const DECLARED =
  /(?:^|;)\s*export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|const|let|var|class|enum)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;
const LISTED = /(?:^|;)\s*export\s*(type\s*)?\{([^}]*)\}/gm;
const FORWARDED = /(?:^|;)\s*export\s*\*\s*from\s*["'](\.[^"']*)["']/gm;
const COMMONJS = /\bexports\.([A-Za-z_$][\w$]*)\s*=/g;

/**
 * The values that a file exports, by its text: declarations, or JavaScript. What it takes to find all
 * of them would take a compiler.
 */
export function exportedNames(file: string, depth = DEPTH): Set<string> {
  const names = new Set<string>();
  const text = read(file);
  for (const [, name = ""] of text.matchAll(DECLARED)) names.add(name);
  for (const [, isType, list = ""] of text.matchAll(LISTED)) {
    if (isType) continue;
    for (const item of list.split(",")) {
      const [, name] =
        /^(?!\s*type\s).*?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*$/u.exec(item) ?? [];
      if (name !== undefined && name !== "default") names.add(name);
    }
  }
  if (/\.c?js$/.test(file)) for (const [, name = ""] of text.matchAll(COMMONJS)) names.add(name);
  if (depth === 0) return names;
  for (const [, target = ""] of text.matchAll(FORWARDED)) {
    const next = sibling(file, target);
    if (next) for (const name of exportedNames(next, depth - 1)) names.add(name);
  }
  names.delete("__esModule");
  return names;
}

function read(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? MAX_BYTES;
  return size < MAX_BYTES ? readFileSync(file, "utf8") : "";
}

function sibling(file: string, target: string): string | undefined {
  const path = join(dirname(file), target.replace(/\.[cm]?js$/, ""));
  const isDeclaration = /\.d\.[cm]?ts$/.test(file);
  const endings = isDeclaration
    ? [".d.ts", ".d.mts", ".d.cts", "/index.d.ts"]
    : [".js", ".mjs", ".cjs", "/index.js"];
  return [path + target.slice(path.length), ...endings.map((one) => path + one)].find((one) =>
    statSync(one, { throwIfNoEntry: false })?.isFile(),
  );
}

/** The file that tells what a package exports: its declarations, those of `@types`, or its code. */
export function exportingFile(folder: string, types: string): string | undefined {
  for (const at of [folder, types]) {
    const file = join(at, "package.json");
    if (!existsSync(file)) continue;
    const {
      exports,
      types: own,
      typings,
      main,
    } = JSON.parse(readFileSync(file, "utf8")) as Package;
    const root = (exports as Record<string, unknown> | undefined)?.["."] ?? exports;
    const declared = [fromConditions(root, "types"), own, typings, "index.d.ts"];
    const code =
      at === folder && existsSync(types) ? [] : [fromConditions(root, "default"), main, "index.js"];
    const found = [...declared, ...code]
      .filter((one) => typeof one === "string")
      .map((one) => join(at, one))
      .find((one) => statSync(one, { throwIfNoEntry: false })?.isFile());
    if (found) return found;
  }
  return undefined;
}

interface Package {
  readonly exports?: unknown;
  readonly types?: string;
  readonly typings?: string;
  readonly main?: string;
}

/** The first target for a condition, at whatever depth; without conditions, none for types. */
function fromConditions(target: unknown, wanted: "types" | "default"): string | undefined {
  if (typeof target === "string") return wanted === "default" ? target : undefined;
  if (typeof target !== "object" || target === null) return undefined;
  const conditions = target as Record<string, unknown>;
  for (const condition of [wanted, "import", "node", "require", "default"]) {
    const next = conditions[condition];
    if (typeof next === "string" && (condition === wanted || wanted === "default")) return next;
    const found = fromConditions(next, wanted);
    if (found) return found;
  }
  return undefined;
}
