import type MagicString from "magic-string";
import { boundNames, walk, type Node } from "./ast.js";
import { CLOSE, KERNEL, type Names } from "./names.js";
import { topReferences } from "./scopes.js";

/** Lets an assignment to what a cell has declared by `const`, and is now a `let`, throw all the same. */
export function guardConstants(program: Node, text: MagicString, names: Names): void {
  const writes = writesTo(program, names.constants);
  if (writes.size === 0) return;
  const references = new Set(topReferences(program).map(({ node }) => node));
  for (const [write, targets] of writes) {
    if (!targets.some((target) => references.has(target))) continue;
    if (write.type === "UpdateExpression") {
      const target = write["argument"] as Node;
      // Without the operator: what is written counts, not what it would do.
      if (target.start > write.start) text.remove(write.start, target.start);
      else text.remove(target.end, write.end);
      text.appendRight(target.start, `${KERNEL}.constant(`);
      text.prependLeft(target.end, CLOSE);
    } else {
      const value = write["right"] as Node;
      text.appendRight(value.start, `${KERNEL}.constant(`);
      text.prependLeft(value.end, CLOSE);
    }
  }
}

/** Assignments, `++` and `--`, with those of their targets that have one of the names. */
function writesTo(program: Node, constants: ReadonlySet<string>): Map<Node, Node[]> {
  const writes = new Map<Node, Node[]>();
  if (constants.size === 0) return writes;
  walk(program, (node) => {
    const target =
      node.type === "AssignmentExpression"
        ? node["left"]
        : node.type === "UpdateExpression" && node["argument"];
    const targets = boundNames((target || undefined) as Node | undefined);
    const found = targets.filter((one) => constants.has(one["name"] as string));
    if (found.length > 0) writes.set(node, found);
  });
  return writes;
}
