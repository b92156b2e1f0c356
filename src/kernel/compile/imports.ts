import type MagicString from "magic-string";
import type { Node } from "./ast.js";
import { scopeName } from "../cell-names.js";
import { declare, KERNEL, type Names } from "./names.js";

type Link = readonly [local: string, imported: string];

/**
 * Takes imports and re-exports out of a cell.
 *
 * An imported name becomes a getter of the global object, so that it follows the module; one that a
 * cell has declared with `let` before would hide the getter, and is assigned.
 *
 * @returns the code that stands for them, for the beginning of the cell
 */
export function rewriteImports(program: Node, text: MagicString, names: Names): string {
  let code = "";
  for (const statement of program["body"] as readonly Node[]) {
    const source = statement["source"] as Node | null | undefined;
    if (statement.type === "ImportDeclaration") {
      code += link(statement, links(statement), names);
      text.remove(statement.start, statement.end);
    } else if (/^Export(All|Named)Declaration$/.test(statement.type)) {
      const declaration = statement["declaration"] as Node | null | undefined;
      if (source) code += link(statement, [], names);
      if (declaration) text.remove(statement.start, declaration.start);
      else text.remove(statement.start, statement.end);
    } else if (statement.type === "ExportDefaultDeclaration") {
      exportDefault(statement, text);
    }
  }
  return code;
}

/**
 * The packages of which a cell imports names, in order. They can be loaded before the cell runs: one
 * that is imported for what it does, without a name, is not among them.
 */
export function importedPackages(program: Node): string[] {
  const packages = (program["body"] as readonly Node[]).flatMap((statement) => {
    if (statement.type !== "ImportDeclaration" || links(statement).length === 0) return [];
    const specifier = (statement["source"] as Node)["value"] as string;
    return /^[@\w]/.test(specifier) && !specifier.startsWith("file:") ? [specifier] : [];
  });
  return [...new Set(packages)];
}

function links(statement: Node): Link[] {
  return (statement["specifiers"] as readonly Node[]).map((specifier) => {
    const local = (specifier["local"] as Node)["name"] as string;
    if (specifier.type === "ImportNamespaceSpecifier") return [local, "*"];
    if (specifier.type === "ImportDefaultSpecifier") return [local, "default"];
    const imported = specifier["imported"] as Node;
    return [local, (imported["name"] ?? imported["value"]) as string];
  });
}

function link(statement: Node, linked: readonly Link[], names: Names): string {
  const from = JSON.stringify((statement["source"] as Node)["value"]);
  const attributes = Object.fromEntries(
    ((statement["attributes"] ?? []) as Node[]).map((one) => {
      const key = one["key"] as Node;
      return [key["name"] ?? key["value"], (one["value"] as Node)["value"]];
    }),
  );
  let assigned = "";
  for (const [local] of linked) {
    declare(local, names);
    if (names.lexical.has(local)) {
      assigned += `let ${scopeName(local)}=${KERNEL}.linked(${JSON.stringify(local)});`;
    }
  }
  const values = `${from},${JSON.stringify(attributes)},${JSON.stringify(linked)}`;
  return `${KERNEL}.live(await ${KERNEL}.link(${values}));${assigned}`;
}

/** A cell exports to nobody: what it declares stays, an expression is only evaluated. */
function exportDefault(statement: Node, text: MagicString): void {
  const declaration = statement["declaration"] as Node;
  const isDeclaration = /^(Function|Class)Declaration$/.test(declaration.type);
  if (isDeclaration && declaration["id"]) {
    text.remove(statement.start, declaration.start);
  } else {
    text.update(statement.start, declaration.start, "void (");
    text.appendLeft(declaration.end, ");");
  }
}
