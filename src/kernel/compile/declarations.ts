import type MagicString from "magic-string";
import { boundNames, isFunction, walk, type Node } from "./ast.js";
import { scopeName } from "../cell-names.js";
import { declare, type Names } from "./names.js";
import { varNames } from "./scopes.js";

/**
 * Makes every declaration of a cell's top level one that a later cell can declare again.
 *
 * @returns declarations for the beginning of the cell
 */
export function hoistDeclarations(program: Node, text: MagicString, names: Names): string {
  const add = (name: string, isConstant = false) => {
    names.constants.delete(name);
    if (isConstant) names.constants.add(name);
    declare(name, names);
    names.lexical.add(name);
  };
  const hoisted = varNames(program);
  for (const name of hoisted) add(name);
  for (const statement of program["body"] as readonly Node[]) {
    const node = exported(statement);
    if (node.type === "FunctionDeclaration" && node["id"]) {
      add((node["id"] as Node)["name"] as string);
      hoistFunction(node, text);
    } else if (node.type === "ClassDeclaration" && node["id"]) {
      const name = (node["id"] as Node)["name"] as string;
      add(name);
      text.appendRight(node.start, `let ${scopeName(name)} = `);
      text.appendLeft(node.end, ";");
    } else if (node.type === "VariableDeclaration" && node["kind"] !== "var") {
      for (const one of node["declarations"] as Node[]) {
        for (const { name } of boundNames(one["id"] as Node) as unknown as { name: string }[]) {
          add(name, node["kind"] === "const");
        }
      }
      if (node["kind"] === "const") text.update(node.start, node.start + 5, "let");
    }
  }
  rewriteVars(program, text);
  return [...hoisted].map((name) => `let ${scopeName(name)};`).join("");
}

function exported(statement: Node): Node {
  const isExport = /^Export(Named|Default)Declaration$/.test(statement.type);
  return ((isExport && statement["declaration"]) || statement) as Node;
}

/** `function f() {}` becomes `let f = function f() {};` at the beginning. */
function hoistFunction(node: Node, text: MagicString): void {
  const name = (node["id"] as Node)["name"] as string;
  text.appendRight(node.start, `let ${scopeName(name)} = `);
  text.appendLeft(node.end, ";");
  if (node.start > 0) text.move(node.start, node.end, 0);
}

/**
 * What `var` declares is declared at the beginning: what is left are assignments, and names that do
 * nothing.
 */
function rewriteVars(program: Node, text: MagicString): void {
  walk(program, (node, parent) => {
    if (isFunction(node) || node.type === "StaticBlock") return false;
    if (node.type !== "VariableDeclaration" || node["kind"] !== "var") return;
    const declarations = node["declarations"] as readonly Node[];
    const isLoopHead =
      (parent?.type === "ForInStatement" || parent?.type === "ForOfStatement") &&
      parent["left"] === node;
    const first = declarations[0] as Node;
    if (isLoopHead) {
      text.remove(node.start, first.start);
      return;
    }
    text.update(node.start, first.start, "(");
    text.appendLeft((declarations.at(-1) as Node).end, ")");
  });
}
