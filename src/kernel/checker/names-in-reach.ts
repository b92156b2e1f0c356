import type { Node, ParamPattern } from "oxc-parser";

import type { Cell } from "./read-cell.js";
import type { Scope, Version } from "./scope.js";
import { isNode, patternNames } from "./syntax.js";

export interface NameInReach {
  readonly name: string;
  readonly kind: string;
  /** A global or a word of the language: there are many, and they stand in the order of the alphabet. */
  readonly isGlobal?: boolean;
}

const KEYWORDS = (
  "abstract any as asserts async await bigint boolean break case catch class const continue debugger " +
  "declare default delete do else enum export extends false finally for from function get if " +
  "implements import in infer instanceof interface is keyof let namespace never new null number object " +
  "of override private protected public readonly return satisfies set static string super switch symbol " +
  "this throw true try type typeof undefined unique unknown using var void while with yield"
).split(" ");

/** Names that stand for something at the cursor, the nearest first: the cell's, the notebook's, all. */
export function namesInReach(
  scope: Scope,
  cell: Cell,
  cursor: number,
  globals: readonly NameInReach[],
): NameInReach[] {
  const found = new Map<string, NameInReach>();
  const add = (name: string, kind: string, isGlobal = false) => {
    if (!found.has(name)) found.set(name, { name, kind, isGlobal });
  };
  for (const name of cell.body.flatMap((node) => innerNames(node, cursor))) add(name, "variable");
  for (const name of cell.own.keys()) add(name, kindOf(name, cell.code));
  for (const version of scope.visible())
    if (!version.name.includes(" ")) add(version.name, kindOfVersion(version));
  for (const { name, kind } of globals) add(name, kind, true);
  for (const word of KEYWORDS) add(word, "keyword", true);
  return [...found.values()];
}

/** Whether a name is that of a function's parameter, or is declared in a block, around the cursor. */
export function isInner(cell: Cell, cursor: number, name: string): boolean {
  return cell.body.some((node) => innerNames(node, cursor).includes(name));
}

/** Names of the functions and blocks around the cursor, the innermost first. */
function innerNames(node: Node, cursor: number): string[] {
  if (cursor < node.start || cursor > node.end) return [];
  const children = Object.values(node).flat().filter(isNode);
  const inner = children.flatMap((child) => innerNames(child, cursor));
  return [...inner, ...namesOf(node)];
}

function namesOf(node: Node): string[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
      return [...parameterNames(node.params), "arguments"];
    case "ArrowFunctionExpression":
      return parameterNames(node.params);
    case "CatchClause":
      return node.param ? patternNames(node.param) : [];
    case "ForStatement":
      return node.init ? declared(node.init) : [];
    case "ForInStatement":
    case "ForOfStatement":
      return declared(node.left);
    case "BlockStatement":
    case "StaticBlock":
    case "TSModuleBlock":
      return node.body.flatMap(declared);
    default:
      return [];
  }
}

function parameterNames(parameters: readonly ParamPattern[]): string[] {
  return parameters.flatMap((parameter) =>
    patternNames(parameter.type === "TSParameterProperty" ? parameter.parameter : parameter),
  );
}

function declared(node: Node): string[] {
  if (node.type === "ExportNamedDeclaration")
    return node.declaration ? declared(node.declaration) : [];
  if (node.type === "VariableDeclaration")
    return node.declarations.flatMap(({ id }) => patternNames(id));
  const named = "id" in node && isNode(node.id) ? node.id : undefined;
  return named?.type === "Identifier" ? [named.name] : [];
}

function kindOfVersion({ name, statements, imported }: Version): string {
  if (imported) return imported.imported === undefined ? "module" : "variable";
  return kindOf(name, statements[0]?.text ?? "");
}

/** The kind of a name from the word before it where it is declared. */
function kindOf(name: string, text: string): string {
  const declaration =
    /\b(function|class|enum|interface|type|namespace)\b[\s*]+([\p{ID_Continue}$]+)/gu;
  for (const [, word, declaredName] of text.matchAll(declaration)) {
    if (declaredName === name && word) return word === "namespace" ? "module" : word;
  }
  return "variable";
}
