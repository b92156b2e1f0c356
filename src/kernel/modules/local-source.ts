import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as OxcTransform from "oxc-transform";
import { parse } from "../compile/ast.js";
import { stripTypes } from "../compile/strip-types.js";
import { CompileError } from "../errors.js";
import { registerModule } from "../output/stack.js";
import { resolveLocal } from "./resolve-local.js";
import { projectSettings } from "./tsconfig.js";

const require = createRequire(import.meta.url);

/** A file of the user's, compiled: an ES module's parts become calls of the module runner. */
export interface LocalSource {
  readonly path: string;
  readonly hash: string;
  readonly kind: "module" | "commonjs" | "json";
  /** Only for modules. */
  readonly code: string;
  /** Its source maps, as JSON, from the last step to the first. */
  readonly maps: readonly string[];
  /** Whether it may use `require` and `module`, though it is a module: TypeScript for CommonJS. */
  readonly hasCommonJs: boolean;
  /** The user's own files that it imports. */
  readonly imports: readonly string[];
}

const compiled = new Map<string, LocalSource>();

/**
 * Reads and compiles a file; what has not changed is not compiled again.
 *
 * @throws {CompileError} for what is no TypeScript
 */
export function localSource(path: string): LocalSource {
  const text = readFileSync(path, "utf8");
  const hash = createHash("sha1").update(text).digest("base64");
  const known = compiled.get(path);
  if (known?.hash === hash) return known;
  const source = compile(path, text, hash);
  compiled.set(path, source);
  return source;
}

function compile(path: string, text: string, hash: string): LocalSource {
  const kind = kindOf(path, text);
  if (kind === "json")
    return { path, hash, kind, code: "", maps: [], hasCommonJs: false, imports: [] };
  if (kind === "commonjs") {
    const required = [...text.matchAll(/require\(\s*["'](\.[^"']*)["']\s*\)/g)];
    const imports = required.flatMap(([, one = ""]) => resolveLocal(one, path) ?? []);
    return { path, hash, kind, code: "", maps: [], hasCommonJs: true, imports };
  }
  const { moduleRunnerTransformSync } = require("oxc-transform") as typeof OxcTransform;
  const { legacyDecorators, jsx } = projectSettings(path);
  const options = { keepImports: false, legacyDecorators, jsx: () => jsx };
  const stripped = stripTypes(path, text, options);
  const { code, map, deps, errors } = moduleRunnerTransformSync(path, stripped.code, {
    sourcemap: true,
  });
  const [error] = errors;
  if (error) throw new CompileError(error.message, text, 0, error);
  const maps = [JSON.stringify(map), stripped.map];
  registerModule(path, { label: path, source: text, maps });
  const imports = deps.flatMap((one) => resolveLocal(one, path) ?? []);
  return { path, hash, kind, code, maps, hasCommonJs: hasCommonJs(path), imports };
}

function kindOf(path: string, text: string): LocalSource["kind"] {
  if (path.endsWith(".json")) return "json";
  if (/\.([cm]?tsx?|mjs|jsx)$/.test(path)) return "module";
  if (path.endsWith(".cjs")) return "commonjs";
  if (packageType(dirname(path)) === "module") return "module";
  // As newer versions of Node do it: a file that uses import or export is a module.
  const isModule = parse(text, "js").body.some(({ type }) => /^(Import|Export)/.test(type));
  return isModule ? "module" : "commonjs";
}

/** As Node sees a file of this name. */
function hasCommonJs(path: string): boolean {
  if (/\.c[jt]s$/.test(path)) return true;
  return /\.([jt]sx|ts)$/.test(path) && packageType(dirname(path)) !== "module";
}

function packageType(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, "package.json");
    if (existsSync(file)) {
      try {
        return (JSON.parse(readFileSync(file, "utf8")) as { type?: string }).type;
      } catch {
        return undefined;
      }
    }
    if (dirname(at) === at) return undefined;
  }
}
