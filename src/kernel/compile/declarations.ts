import type MagicString from "magic-string";
import { boundNames, isFunction, walk, type Node } from "./ast.js";
import { globalName, type Names } from "./names.js";
import { varNames } from "./scopes.js";

/**
 * Makes every declaration of a cell's top level one that a later cell can declare again.
 *
 * @returns declarations for the beginning of the cell
 */
export function hoistDeclarations(program: Node, text: MagicString, names: Names): string {
  const declare = (name: string, isConstant = false) => {
    names.constants.delete(name);
    if (isConstant) names.constants.add(name);
    if (names.builtIn.has(name)) names.renamed.add(name);
    names.lexical.add(globalName(name, names));
  };
  const hoisted = varNames(program);
  for (const name of hoisted) declare(name);
  for (const statement of program["body"] as readonly Node[]) {
    const node = exported(statement);
    if (node.type === "FunctionDeclaration" && node["id"]) {
      declare((node["id"] as Node)["name"] as string);
      hoistFunction(node, text, names);
    } else if (node.type === "ClassDeclaration" && node["id"]) {
      declare((node["id"] as Node)["name"] as string);
    } else if (node.type === "VariableDeclaration" && node["kind"] !== "var") {
      for (const one of node["declarations"] as Node[]) {
        for (const { name } of boundNames(one["id"] as Node) as unknown as { name: string }[]) {
          declare(name, node["kind"] === "const");
        }
      }
      if (node["kind"] === "const") text.update(node.start, node.start + 5, "let");
    }
  }
  rewriteVars(program, text);
  return [...hoisted].map((name) => `let ${globalName(name, names)};`).join("");
}

function exported(statement: Node): Node {
  const isExport = /^Export(Named|Default)Declaration$/.test(statement.type);
  return ((isExport && statement["declaration"]) || statement) as Node;
}

/** `function f() {}` becomes `let f = function () {};` at the beginning; it gets its name from `f`. */
function hoistFunction(node: Node, text: MagicString, names: Names): void {
  const id = node["id"] as Node;
  const isAsync = node["async"] === true;
  const star = node["generator"] === true ? "*" : "";
  text.update(
    node.start,
    id.end,
    `let ${globalName(id["name"] as string, names)} = ${isAsync ? "async " : ""}function${star} `,
  );
  text.appendLeft(node.end, ";");
  if (node.start > 0) text.move(node.start, node.end, 0);
}

/** What `var` declares is declared at the beginning: what is left are assignments. */
function rewriteVars(program: Node, text: MagicString): void {
  walk(program, (node, parent) => {
    if (isFunction(node) || node.type === "StaticBlock") return false;
    if (node.type !== "VariableDeclaration" || node["kind"] !== "var") return;
    const declarations = node["declarations"] as readonly Node[];
    const isLoopHead =
      (parent?.type === "ForInStatement" || parent?.type === "ForOfStatement") &&
      parent["left"] === node;
    const isLoopStart = parent?.type === "ForStatement" && parent["init"] === node;
    const first = declarations[0] as Node;
    if (isLoopHead) {
      text.remove(node.start, first.start);
      return;
    }
    const assigned = declarations.filter((one) => one["init"]);
    if (assigned.length === 0) {
      if (isLoopStart) text.remove(node.start, node.end);
      else text.update(node.start, node.end, ";");
      return;
    }
    text.update(node.start, first.start, "(");
    text.appendLeft((declarations.at(-1) as Node).end, ")");
    for (const one of declarations) {
      if (!one["init"]) text.update(one.start, one.end, "0");
    }
  });
}
