import type { Node } from "oxc-parser";

import { walk } from "./syntax.js";

/** A place where a name stands for a variable or a type, not for a member or a label. */
export interface Mention {
  readonly name: string;
  /** UTF-16 offsets from the start of the statement. */
  readonly start: number;
  readonly end: number;
  /** `{ name }`: to put another name there takes `{ name: other }`. */
  readonly shorthand: boolean;
  /** The name of a type: an interface counts, a variable of the same name does not. */
  readonly isType: boolean;
}

/**
 * All mentions of variables and types within a statement, those that it declares among them. Names
 * of inner scopes are not told apart: to rename all mentions of a name at once keeps the meaning,
 * and a name too many only keeps a declaration alive that was not needed.
 */
export function findMentions(statement: Node): Mention[] {
  const found: Mention[] = [];
  const shorthands = new Set<number>();
  walk(statement, (node, parent, key) => {
    if (node.type === "Property" && node.shorthand) shorthands.add(node.start);
    if (node.type !== "Identifier" && !isComponent(node, parent, key)) return;
    if (parent && isMemberName(parent, key)) return;
    found.push({
      name: node.name,
      start: node.start - statement.start,
      // A parameter's range takes in its type annotation and question mark.
      end: node.start - statement.start + node.name.length,
      shorthand: shorthands.has(node.start),
      isType: parent !== undefined && isTypeName(parent),
    });
  });
  return found;
}

function isMemberName(parent: Node, key: string): boolean {
  switch (parent.type) {
    case "MemberExpression":
      return key === "property" && !parent.computed;
    case "Property":
      // The value of a shorthand is the same place again.
      return key === "key" && (!parent.computed || parent.shorthand);
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
    case "TSAbstractMethodDefinition":
    case "TSAbstractPropertyDefinition":
    case "TSAbstractAccessorProperty":
    case "TSPropertySignature":
    case "TSMethodSignature":
      return key === "key" && !parent.computed;
    case "TSQualifiedName":
      return key === "right";
    case "TSEnumMember":
      return key === "id";
    case "TSImportType":
      return key === "qualifier";
    case "ImportSpecifier":
      return key === "imported";
    case "ExportSpecifier":
      return key === "exported";
    case "TSNamedTupleMember":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return key === "label";
    case "MetaProperty":
    case "ImportAttribute":
      return true;
    default:
      return false;
  }
}

function isTypeName(parent: Node): boolean {
  return (
    parent.type === "TSTypeReference" ||
    parent.type === "TSClassImplements" ||
    parent.type === "TSInterfaceHeritage"
  );
}

/** `Chart` in `<Chart />`, but not `svg` in `<svg />`. */
function isComponent(
  node: Node,
  parent: Node | undefined,
  key: string,
): node is Extract<Node, { type: "JSXIdentifier" }> {
  if (node.type !== "JSXIdentifier" || parent === undefined) return false;
  if (parent.type === "JSXMemberExpression") return key === "object";
  return /^JSX(Opening|Closing)Element$/.test(parent.type) && /^[^a-z]/.test(node.name);
}
