import type MagicString from "magic-string";
import type { Node } from "./ast.js";
import { globalName, type Names } from "./names.js";
import { topReferences } from "./scopes.js";

/** Gives Node's own globals that cells have declared the names they have in the cells. */
export function renameGlobals(program: Node, text: MagicString, names: Names): void {
  if (names.renamed.size === 0) return;
  for (const { node, name, shorthand } of topReferences(program)) {
    if (!names.renamed.has(name)) continue;
    const own = globalName(name, names);
    text.update(node.start, node.end, shorthand ? `${name}: ${own}` : own);
  }
}
