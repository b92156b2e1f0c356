import { createRequire } from "node:module";
import type MagicString from "magic-string";
import { parse } from "./ast.js";
import { renameReferences } from "./rename.js";
import { lexicalNames, varNames } from "./scopes.js";

const require = createRequire(import.meta.url);

/**
 * Gives the names of cells in code for a direct `eval` the names they have in V8.
 *
 * @param locals names that mean something else where it runs
 * @param isCellsName whether a name belongs to the cells
 * @returns the code as it is when it is none: V8 tells what is wrong with it
 */
export function renameEvaluated(
  code: string,
  locals: readonly string[],
  isCellsName: (name: string) => boolean,
): string {
  const { program, body, errors } = parse(code, "js");
  if (errors.length > 0) return code;
  const own = new Set([...locals, ...lexicalNames(body), ...varNames(program)]);
  const Text = (require("magic-string") as { default: typeof MagicString }).default;
  const text = new Text(code);
  renameReferences(program, text, {
    declared: { has: (name) => !own.has(name) && isCellsName(name) },
    builtIn: { has: () => true },
  });
  return text.toString();
}
