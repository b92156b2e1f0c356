import { isFunction, type Node } from "../compile/ast.js";
import type { PausedEvent } from "./inspector.js";
import type { ScriptPlace, ScriptTrees } from "./script-trees.js";

/**
 * Tells whether what is thrown will be caught. V8 takes all that a cell throws for caught, as the
 * kernel does catch it: so the code of each caller is looked at.
 *
 * @param places where the callers are, those that wait included
 */
export async function isCaught(
  { reason, data }: PausedEvent,
  places: readonly ScriptPlace[],
  trees: ScriptTrees,
): Promise<boolean> {
  // For a plain exception V8 knows: there is a `try` of JavaScript, or none.
  if (reason === "exception") return (data as { uncaught?: boolean }).uncaught !== true;
  for (const place of places) if (await catchesAt(place, trees)) return true;
  return false;
}

async function catchesAt(place: ScriptPlace, trees: ScriptTrees): Promise<boolean> {
  const { nodes, offset } = await trees.nodesAt(place);
  const own = nodes.slice(nodes.findLastIndex(isFunction) + 1);
  return own.some((node) => {
    if (node.type === "TryStatement" && node["handler"]) return isIn(offset, node["block"] as Node);
    return node.type === "CallExpression" && isIn(offset, receiverOfCatch(node));
  });
}

/** In `a.catch(f)` and `a.then(f, g)`: `a`. */
function receiverOfCatch(call: Node): Node | undefined {
  const callee = call["callee"] as Node;
  if (callee.type !== "MemberExpression") return undefined;
  const name = (callee["property"] as Node)["name"];
  const count = (call["arguments"] as readonly Node[]).length;
  const isCatch = (name === "catch" && count > 0) || (name === "then" && count > 1);
  return isCatch ? (callee["object"] as Node) : undefined;
}

function isIn(offset: number, node: Node | undefined): boolean {
  return node !== undefined && offset >= node.start && offset < node.end;
}
