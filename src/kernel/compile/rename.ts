import type MagicString from "magic-string";
import { scopeName } from "../cell-names.js";
import { boundNames, walk, type Node } from "./ast.js";
import { CLOSE, KERNEL } from "./names.js";
import { topReferences, type Reference } from "./scopes.js";

/** oxc's helpers have their place with the kernel's own functions. */
const HELPERS = "babelHelpers";

interface Has {
  has(name: string): boolean;
}

/**
 * Gives the names of cells the names they have in V8. A name that nobody has declared yet may be one
 * that a later cell declares, or a global: it is looked up when it is used.
 *
 * @returns the names that nobody has declared yet
 */
export function renameReferences(
  program: Node,
  text: MagicString,
  names: { readonly declared: Has; readonly builtIn: Has },
): string[] {
  const undeclared = new Set<string>();
  const renamed = new Set<Node>();
  for (const { node, name, shorthand, isTypeof, direct } of topReferences(program)) {
    if (direct) renameEvaluated(direct, text);
    const isDeclared = names.declared.has(name);
    if (!isDeclared && (names.builtIn.has(name) || name === HELPERS)) continue;
    const own = scopeName(name);
    renamed.add(node);
    if (!isDeclared) undeclared.add(name);
    if (isTypeof && !isDeclared) {
      const isKnown = `${KERNEL}.isKnown(${JSON.stringify(name)})`;
      text.update(node.start, node.end, `(${isKnown}?${own}:void 0)`);
    } else text.update(node.start, node.end, shorthand ? `${name}: ${own}` : own);
  }
  keepFunctionNames(program, text, renamed);
  return [...undeclared];
}

/** What a direct `eval` runs is known when it runs. */
function renameEvaluated(
  { call, locals }: NonNullable<Reference["direct"]>,
  text: MagicString,
): void {
  const [code] = call["arguments"] as readonly Node[];
  if (code === undefined || code.type === "SpreadElement") return;
  text.appendRight(code.start, `${KERNEL}.evaluated(${JSON.stringify(locals)},`);
  text.prependLeft(code.end, CLOSE);
}

/** A function is named after what it is assigned to: that is the user's name, not V8's. */
function keepFunctionNames(program: Node, text: MagicString, renamed: ReadonlySet<Node>): void {
  walk(program, (node) => {
    const [target, value] = namingParts(node);
    if (!target || !value || !renamed.has(target) || !isAnonymous(value)) return;
    const [before, after] = namedAs(target["name"] as string);
    text.appendRight(value.start, `(${before}`);
    text.prependLeft(value.end, `${after})`);
  });
}

/** What stands around a nameless function for it to get a name. */
function namedAs(name: string): readonly [before: string, after: string] {
  const key = name === "__proto__" ? '["__proto__"]' : JSON.stringify(name);
  return [`{${key}:`, `}[${JSON.stringify(name)}]`];
}

const NAMING = new Set(["=", "||=", "&&=", "??="]);

function namingParts(node: Node): [target: Node | undefined, value: Node | undefined] {
  switch (node.type) {
    case "VariableDeclarator":
      return parts(node["id"], node["init"]);
    case "AssignmentPattern":
      return parts(node["left"], node["right"]);
    case "AssignmentExpression":
      return NAMING.has(node["operator"] as string) ? parts(node["left"], node["right"]) : parts();
    default:
      return parts();
  }
}

function parts(target?: unknown, value?: unknown): [Node | undefined, Node | undefined] {
  const [name] =
    (target as Node | undefined)?.type === "Identifier" ? boundNames(target as Node) : [];
  return [name, (value ?? undefined) as Node | undefined];
}

function isAnonymous(value: Node): boolean {
  if (value.type === "ParenthesizedExpression") return isAnonymous(value["expression"] as Node);
  if (value.type === "ArrowFunctionExpression") return true;
  return /^(Function|Class)Expression$/.test(value.type) && !value["id"];
}
