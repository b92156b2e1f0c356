import type { Completion } from "../checker/complete.js";
import { wordAt } from "../checker/complete.js";
import { installedExports } from "../modules/installed-exports.js";

/** Shorter words begin too many names. */
const MIN_LENGTH = 3;
const LIMIT = 20;

/**
 * Adds names that installed packages export, with their import: at the start of a statement as one,
 * within an expression as an expression.
 */
export function withImports(
  code: string,
  cursor: number,
  found: Completion,
  folder: string,
): Completion {
  const { word, rest } = wordAt(code, cursor);
  if (found.isOpen !== true || word.length < MIN_LENGTH) return found;
  const before = code.slice(0, cursor - word.length);
  const isStatement =
    /(?:^|[\n;])[^\S\n]*$/.test(before) &&
    /^[^\S\n]*(?:\n|$)/.test(code.slice(cursor + rest.length));
  const known = new Set(found.matches);
  const matches = [...installedExports(folder)]
    .filter(([name]) => name.startsWith(word) && !known.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, modules]) => modules.map((module) => importOf(name, module, isStatement)))
    .slice(0, LIMIT);
  const { _jupyter_types_experimental: types = [] } = (found.metadata ?? {}) as {
    _jupyter_types_experimental?: readonly object[];
  };
  return {
    ...found,
    matches: [...found.matches, ...matches],
    metadata: {
      _jupyter_types_experimental: [...types, ...matches.map((text) => ({ text, type: "module" }))],
    },
  };
}

function importOf(name: string, module: string, isStatement: boolean): string {
  const specifier = JSON.stringify(module);
  return isStatement
    ? `import { ${name} } from ${specifier};`
    : `(await import(${specifier})).${name}`;
}
