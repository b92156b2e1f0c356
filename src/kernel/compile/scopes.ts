import { boundNames, children, isFunction, walk, type Node } from "./ast.js";

export interface Reference {
  readonly node: Node;
  readonly name: string;
  /** `{ name }`, which must become `{ name: other }` when it is renamed. */
  readonly shorthand: boolean;
  /** `typeof name`, which is no error for a name that nobody has declared. */
  readonly isTypeof: boolean;
  /** For the `eval` of a direct call: the call, and the names that the code it runs may mean. */
  readonly direct?: { readonly call: Node; readonly locals: readonly string[] };
}

/** Finds the identifiers that mean a binding of the whole cell, or of a cell before, or a global. */
export function topReferences(program: Node): Reference[] {
  const found: Reference[] = [];
  visit(program, undefined, [], found);
  return found;
}

function visit(node: Node, parent: Node | undefined, scopes: Set<string>[], found: Reference[]) {
  if (node.type === "Identifier") {
    const name = node["name"] as string;
    if (isName(node, parent) && !scopes.some((scope) => scope.has(name))) {
      const shorthand = parent?.type === "Property" && parent["shorthand"] === true;
      const isTypeof = parent?.type === "UnaryExpression" && parent["operator"] === "typeof";
      const direct = isDirectEval(name, node, parent) && {
        call: parent as Node,
        locals: [...new Set(scopes.flatMap((scope) => [...scope]))],
      };
      found.push({ node, name, shorthand, isTypeof, ...(direct ? { direct } : {}) });
    }
    return;
  }
  const own = node.type === "Program" ? undefined : scopeOf(node);
  const inner = own === undefined ? scopes : [...scopes, own];
  for (const child of children(node)) {
    // In `{ name = 1 }` the pattern is the value of a shorthand property.
    if (node.type === "Property" && node["shorthand"] === true) {
      if (child === node["key"]) continue;
      if (child.type === "AssignmentPattern") {
        visit(child["left"] as Node, node, inner, found);
        visit(child["right"] as Node, child, inner, found);
        continue;
      }
    }
    visit(child, node, inner, found);
  }
}

function isDirectEval(name: string, node: Node, parent: Node | undefined): boolean {
  if (name !== "eval" || parent?.type !== "CallExpression") return false;
  return parent["callee"] === node && parent["optional"] !== true;
}

/**
 * Whether an identifier stands for a variable, and is not the name of a property or label. The names
 * of functions and classes are left to `hoistDeclarations`.
 */
function isName(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined) return true;
  const isKey = parent["key"] === node && parent["computed"] !== true;
  switch (parent.type) {
    case "MemberExpression":
      return parent["object"] === node || parent["computed"] === true;
    case "Property":
      return parent["shorthand"] === true || !isKey;
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
      return !isKey;
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return parent["id"] !== node;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ImportAttribute":
    case "ExportSpecifier":
    case "MetaProperty":
      return false;
    default:
      return true;
  }
}

/** The names that a node declares for what is inside it; undefined for one that is no scope. */
export function scopeOf(node: Node): Set<string> | undefined {
  if (isFunction(node)) {
    const names = new Set(["arguments"]);
    if (node.type === "FunctionExpression") add(names, node["id"] as Node | null);
    for (const parameter of node["params"] as Node[]) add(names, parameter);
    for (const name of varNames(node["body"] as Node)) names.add(name);
    return names;
  }
  switch (node.type) {
    case "BlockStatement":
    case "FunctionBody":
    case "StaticBlock":
      return lexicalNames(node["body"] as Node[]);
    case "SwitchStatement":
      return lexicalNames((node["cases"] as Node[]).flatMap((one) => one["consequent"] as Node[]));
    case "ForStatement":
      return lexicalNames([node["init"] as Node].filter(Boolean));
    case "ForInStatement":
    case "ForOfStatement":
      return lexicalNames([node["left"] as Node]);
    case "CatchClause":
      return add(new Set(), node["param"] as Node | null);
    case "ClassDeclaration":
    case "ClassExpression":
      return add(new Set(), node["id"] as Node | null);
    default:
      return undefined;
  }
}

export function lexicalNames(statements: readonly Node[]): Set<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    if (statement.type === "VariableDeclaration" && statement["kind"] !== "var") {
      for (const one of statement["declarations"] as Node[]) add(names, one["id"] as Node);
    } else if (/^(Function|Class)Declaration$/.test(statement.type)) {
      add(names, statement["id"] as Node | null);
    }
  }
  return names;
}

/** The names that `var` declares, at any depth but not in functions inside. */
export function varNames(node: Node): Set<string> {
  const names = new Set<string>();
  walk(node, (inner) => {
    if (inner !== node && isFunction(inner)) return false;
    if (inner.type === "StaticBlock") return false;
    if (inner.type === "VariableDeclaration" && inner["kind"] === "var") {
      for (const one of inner["declarations"] as Node[]) add(names, one["id"] as Node);
    }
  });
  return names;
}

function add(names: Set<string>, pattern: Node | null): Set<string> {
  for (const { name } of boundNames(pattern) as unknown as { name: string }[]) names.add(name);
  return names;
}
