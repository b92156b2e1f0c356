import { createRequire } from "node:module";
import type * as Esbuild from "esbuild";
import type * as OxcTransform from "oxc-transform";
import { walk, parse, type Node } from "./ast.js";
import { CompileError } from "../errors.js";
import type { JsxSettings } from "../modules/jsx-settings.js";
import { nestingError } from "./nesting.js";

const require = createRequire(import.meta.url);

export interface StripOptions {
  /** Keep imports that are not used here: a later cell may use them. */
  readonly keepImports: boolean;
  /** `experimentalDecorators` of the nearest tsconfig. */
  readonly legacyDecorators: boolean;
  /** Asked for what has JSX only. */
  readonly jsx?: () => JsxSettings;
}

export interface Stripped {
  readonly code: string;
  readonly map: string;
  readonly program: Node;
}

/** What V8 of Node 20 runs as it is; `using` and newer are lowered. */
const TARGET = "es2023";

/** How oxc begins to say that it cannot do `export let` in a namespace. */
const NAMESPACE_EXPORTS = "Namespaces exporting non-const";

/**
 * Turns TypeScript into JavaScript: types go, enums, namespaces, `using` and decorators are lowered.
 * oxc does it in a third of a millisecond; it has no standard decorators and no namespaces that are
 * merged or that export variables, so esbuild does those.
 *
 * @throws {CompileError} for what is no TypeScript
 */
export function stripTypes(file: string, source: string, options: StripOptions): Stripped {
  const tooDeep = nestingError(source);
  if (tooDeep) {
    throw new CompileError(tooDeep.message, source, tooDeep.labels[0]?.start ?? 0, tooDeep);
  }
  const { transformSync } = require("oxc-transform") as typeof OxcTransform;
  const isJsx = file.endsWith("x");
  const { code, map, errors } = transformSync(file, source, {
    lang: isJsx ? "tsx" : "ts",
    sourceType: "module",
    target: TARGET,
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: options.keepImports },
    helpers: { mode: "External" as never },
    ...(options.legacyDecorators ? { decorator: { legacy: true } } : {}),
    ...(isJsx && options.jsx ? { jsx: { ...options.jsx(), development: false } } : {}),
  });
  const [error] = errors.filter(({ message }) => !message.startsWith(NAMESPACE_EXPORTS));
  if (error) throw new CompileError(error.message, source, error.labels[0]?.start ?? 0, error);
  if (errors.length > 0 || mergesNamespaces(source)) return byEsbuild(file, source, options);
  const parsed = parse(code, "js");
  const [second] = parsed.errors;
  if (second) throw new CompileError(second.message, source, 0, second);
  if (/@|\baccessor\b/.test(code) && hasDecorators(parsed.program)) {
    return byEsbuild(file, source, options);
  }
  return { code, map: JSON.stringify(map), program: parsed.program };
}

/** Whether a namespace has the name of another, whose names it sees. May err on yes. */
function mergesNamespaces(source: string): boolean {
  if (!/\b(?:namespace|module)\b/.test(source)) return false;
  const found = [...source.matchAll(/\b(?:namespace|module)\s+([\w$.]+)/g)];
  return new Set(found.map(([, name]) => name)).size < found.length;
}

function hasDecorators(program: Node): boolean {
  let found = false;
  walk(program, (node) => {
    const { decorators } = node as { decorators?: readonly Node[] };
    found ||= node.type === "AccessorProperty" || (decorators?.length ?? 0) > 0;
    return !found;
  });
  return found;
}

function byEsbuild(file: string, source: string, options: StripOptions): Stripped {
  const { transformSync } = require("esbuild") as typeof Esbuild;
  const isJsx = file.endsWith("x");
  const jsx = isJsx ? options.jsx?.() : undefined;
  const { code, map } = transformSync(source, {
    loader: isJsx ? "tsx" : "ts",
    ...(jsx?.runtime === "automatic"
      ? { jsx: "automatic", ...(jsx.importSource && { jsxImportSource: jsx.importSource }) }
      : {
          ...(jsx?.pragma && { jsxFactory: jsx.pragma }),
          ...(jsx?.pragmaFrag && { jsxFragment: jsx.pragmaFrag }),
        }),
    sourcefile: file,
    target: "node20",
    sourcemap: "external",
    tsconfigRaw: {
      compilerOptions: {
        verbatimModuleSyntax: options.keepImports,
        experimentalDecorators: options.legacyDecorators,
        useDefineForClassFields: true,
      },
    },
  });
  return { code, map, program: parse(code, "js").program };
}
