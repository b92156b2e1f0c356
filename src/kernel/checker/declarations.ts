import type { Node, Statement, VariableDeclaration } from "oxc-parser";

import { findDynamicImports, type DynamicImport } from "./dynamic-imports.js";
import { withoutAngles, type Edit } from "./jsx-safe.js";
import { findMentions, type Mention } from "./mentions.js";
import { patternNames, walk } from "./syntax.js";

/** What a declared name can stand for; an imported name counts as both. */
export type Meaning = "value" | "type" | "both";

/** A statement of a cell that later cells may need, as text that stands alone. */
export interface Declaration {
  readonly names: readonly { readonly name: string; readonly meaning: Meaning }[];
  readonly text: string;
  /** The documentation comment before it, if any. */
  readonly comment: string;
  readonly mentions: readonly Mention[];
  readonly dynamicImports: readonly DynamicImport[];
  /** Changes of `text`: types for what would get one from later statements, no angle brackets. */
  readonly additions: readonly Edit[];
  /** Variables that can be assigned: what their first value tells of their type holds no longer. */
  readonly assignable: readonly string[];
  /** It changes modules or globals, so it counts although nothing mentions it. */
  readonly ambient: boolean;
  /** It can be read with JSX only. */
  readonly isJsx: boolean;
}

/** One name that a cell imports. */
export interface ImportedName {
  readonly name: string;
  readonly specifier: string;
  /** The exported name, or undefined for the module as a whole (`* as name`). */
  readonly imported: string | undefined;
}

/** The import statements of a cell, where they stand, and which module each is from. */
export interface ImportStatement {
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
}

export interface CellDeclarations {
  readonly declarations: readonly Declaration[];
  readonly imports: readonly ImportStatement[];
  readonly importedNames: readonly ImportedName[];
}

/** Finds what a cell leaves to later cells; all other statements are left out. */
export function readDeclarations(code: string, body: readonly Statement[]): CellDeclarations {
  const imports: ImportStatement[] = [];
  const importedNames: ImportedName[] = [];
  const declarations: Declaration[] = [];
  for (const statement of body) {
    if (statement.type === "ImportDeclaration") {
      const specifier = statement.source.value;
      imports.push({ specifier, start: statement.start, end: statement.end });
      for (const item of statement.specifiers) {
        const imported =
          item.type === "ImportNamespaceSpecifier"
            ? undefined
            : item.type === "ImportDefaultSpecifier"
              ? "default"
              : code.slice(item.imported.start, item.imported.end);
        importedNames.push({ name: item.local.name, specifier, imported });
      }
    } else {
      const declaration = readStatement(code, statement);
      if (declaration) declarations.push(declaration);
    }
  }
  return { declarations, imports, importedNames };
}

function readStatement(code: string, statement: Statement): Declaration | undefined {
  // There can be one default export only, so of these the declaration alone is kept.
  if (statement.type === "ExportDefaultDeclaration") {
    const { declaration } = statement;
    const isNamed = /^(Function|Class)Declaration$/.test(declaration.type);
    return isNamed ? readStatement(code, declaration as Statement) : undefined;
  }
  const inner =
    statement.type === "ExportNamedDeclaration" && statement.declaration
      ? statement.declaration
      : statement;
  const ambient = ambientName(inner);
  const names =
    ambient === undefined ? declaredNames(inner) : [{ name: ambient, meaning: "both" as const }];
  if (names.length === 0) return undefined;
  const variables = inner.type === "VariableDeclaration" ? inner : undefined;
  return {
    names,
    text: code.slice(statement.start, statement.end),
    comment: /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*$/.exec(code.slice(0, statement.start))?.[0] ?? "",
    mentions: findMentions(statement),
    dynamicImports: findDynamicImports(statement),
    additions: [
      ...(variables ? missingTypes(variables, statement.start) : []),
      ...withoutAngles(code, statement),
    ],
    assignable: isAssignable(inner) ? names.map(({ name }) => name) : [],
    ambient: ambient !== undefined,
    isJsx: hasJsx(statement),
  };
}

/** `declare module "x"` and `declare global` count as names of their own. */
function ambientName(node: Node): string | undefined {
  if (node.type !== "TSModuleDeclaration") return undefined;
  if (node.kind === "global") return "declare global";
  return node.id.type === "Literal" ? `declare module ${node.id.value}` : undefined;
}

function declaredNames(node: Node): { name: string; meaning: Meaning }[] {
  const named = (name: string | undefined, meaning: Meaning) =>
    name === undefined ? [] : [{ name, meaning }];
  switch (node.type) {
    case "VariableDeclaration":
      return node.declarations.flatMap(({ id }) =>
        patternNames(id).map((name) => ({ name, meaning: "value" as const })),
      );
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return named(node.id?.name, "value");
    case "ClassDeclaration":
      return named(node.id?.name, "both");
    case "TSEnumDeclaration":
      return named(node.id.name, "both");
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return named(node.id.name, "type");
    case "TSModuleDeclaration":
      return node.id.type === "Identifier" ? named(node.id.name, "both") : [];
    case "TSImportEqualsDeclaration":
      return named(node.id.name, "both");
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "IfStatement":
    case "TryStatement":
    case "SwitchStatement":
    case "BlockStatement":
    case "LabeledStatement":
      return hoistedVariables(node).map((name) => ({ name, meaning: "value" as const }));
    default:
      return [];
  }
}

function hasJsx(statement: Node): boolean {
  let found = false;
  walk(statement, (node) => {
    found ||= node.type === "JSXElement" || node.type === "JSXFragment";
    return found ? "skip" : undefined;
  });
  return found;
}

/** `var` within blocks and loops, but not within functions. */
function hoistedVariables(statement: Node): string[] {
  const names: string[] = [];
  walk(statement, (node) => {
    if (/Function|Class|TSModule/.test(node.type)) return "skip";
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      names.push(...node.declarations.flatMap(({ id }) => patternNames(id)));
    }
    return undefined;
  });
  return names;
}

function isAssignable(node: Node): boolean {
  if (node.type !== "VariableDeclaration") return !/^TS|Declaration$/.test(node.type);
  return !node.declare && (node.kind === "let" || node.kind === "var");
}

/** `let x`, `let x = null` and `const x = []` get their type from later statements: here, any. */
function missingTypes(declaration: VariableDeclaration, from: number) {
  const additions: { at: number; text: string }[] = [];
  for (const { id, init } of declaration.declarations) {
    if (id.type !== "Identifier" || id.typeAnnotation || declaration.declare) continue;
    const isArray = init?.type === "ArrayExpression" && init.elements.length === 0;
    const isNothing =
      !init ||
      (init.type === "Literal" && init.value === null && init.raw === "null") ||
      (init.type === "Identifier" && init.name === "undefined");
    if (isArray || (isNothing && declaration.kind !== "const")) {
      additions.push({ at: id.end - from, text: isArray ? ": any[]" : ": any" });
    }
  }
  return additions;
}
