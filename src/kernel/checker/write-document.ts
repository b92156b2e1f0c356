import { withoutHashbang } from "../compile/cell-source.js";
import type { DynamicImport } from "./dynamic-imports.js";
import type { ImportStatement } from "./declarations.js";
import { Document } from "./document.js";
import type { Cell } from "./read-cell.js";
import { clash, type LinkedDeclaration, type Scope, type Version } from "./scope.js";

/** Assigned to a variable, it makes the checker forget what the first value was. */
const ANYTHING = "$lab_any";

/** An earlier version of a name is `name$lab3` in the document, as cell 3 declared it. */
export const OLD_NAME = /\$lab\d+/g;

/** The name in the document for what a module exports. */
const moduleName = (index: number) => `$lab_module${index}`;

/** What the document calls things: versions of names, and modules by their specifiers. */
interface Names {
  readonly versions: ReadonlyMap<Version, string>;
  readonly modules: ReadonlyMap<string, string>;
}

/**
 * Writes a module that ends with the cell, as it is, after just the declarations of earlier cells
 * that it needs. A declaration that has been replaced, but that another one needs, gets a name of
 * its own.
 *
 * Three imports are there for each module in any case, since the checker takes 2 ms for a changed
 * file, but 100 ms and more when the list of its imports has changed.
 *
 * @param specifiers all modules that were imported so far, in a lasting order
 */
export function writeDocument(scope: Scope, cell: Cell, specifiers: readonly string[]): Document {
  const { code, imports, dynamicImports } = cell;
  const versions = findNeeded(scope, cell);
  const modules = new Map(specifiers.map((specifier, index) => [specifier, moduleName(index)]));
  const named = new Map<Version, string>();
  const names: Names = { versions: named, modules };
  for (const version of versions) {
    const isCurrent = scope.lookUp(version.name).includes(version) && !isReplaced(version, cell);
    named.set(version, isCurrent ? version.name : `${version.name}$lab${version.cell}`);
  }
  const document = new Document();
  for (const specifier of specifiers) {
    document.add(importsOf(specifier, names));
    const own = imports.filter((statement) => statement.specifier === specifier);
    const dynamic = dynamicImports.find((expression) => expression.specifier === specifier);
    for (const { start, end } of own) {
      document.addCell(code, start, end);
      document.add(";\n");
    }
    if (own.length > 0) continue;
    document.add("import {} from ");
    // What is wrong with the module is told of its name in the cell.
    if (dynamic) document.addCell(code, dynamic.name.start, dynamic.name.end);
    else document.add(JSON.stringify(specifier));
    document.add(";\n");
  }
  document.add(`export {};\ndeclare const ${ANYTHING}: any;\n`);
  const statements = [...new Set([...versions].flatMap((version) => version.statements))];
  statements.sort((a, b) => a.cell - b.cell || a.order - b.order);
  // No semicolons: one between the overloads of a function would part them.
  for (const statement of statements)
    document.add(`${statement.comment}${rewrite(statement, names)}\n`);
  const written = new Set(
    statements.flatMap((s) => s.names.map(({ name }) => `${name}$lab${s.cell}`)),
  );
  for (const [version, name] of named) {
    const isForgotten = version.statements.length === 0 && !version.imported && !written.has(name);
    if (isForgotten) document.add(`declare const ${name}: any; type ${name} = any;\n`);
  }
  document.add(cell.isObject ? ";(\n" : ";\n");
  document.isJsx = cell.isJsx || statements.some(({ isJsx }) => isJsx);
  const text = blank(withoutHashbang(code), imports);
  let done = 0;
  for (const expression of dynamicImports) {
    const replacement = imported(expression, names);
    if (replacement === undefined) continue;
    document.addCell(text, done, expression.start);
    document.add(replacement);
    done = expression.end;
  }
  document.addCell(text, done, text.length);
  if (cell.isObject) document.add("\n)");
  return document;
}

/** Whether the cell's own declarations replace what an earlier cell declared. */
function isReplaced({ name, meaning }: Version, { own }: Cell): boolean {
  const now = own.get(name);
  return now !== undefined && clash(meaning, now);
}

/** The versions that the cell mentions, and those that their declarations mention in turn. */
function findNeeded(scope: Scope, cell: Cell): Set<Version> {
  const needed = new Set<Version>();
  const open: Version[] = [];
  const look = (name: string) =>
    open.push(...scope.lookUp(name).filter((version) => !isReplaced(version, cell)));
  for (const name of cell.used) look(name);
  for (const version of scope.visible()) {
    if (version.statements.some(({ ambient }) => ambient)) open.push(version);
  }
  for (let version = open.pop(); version; version = open.pop()) {
    if (needed.has(version)) continue;
    needed.add(version);
    for (const { links } of version.statements) {
      for (const [name, linked] of links) {
        open.push(...linked);
        // A function may call what only a later cell declared.
        if (linked.length === 0) look(name);
      }
    }
  }
  return needed;
}

/** Two imports of a module, always, and the names that cells gave to it. */
function importsOf(specifier: string, { versions, modules }: Names): string {
  const from = ` from ${JSON.stringify(specifier)};\n`;
  const module = modules.get(specifier);
  const named: string[] = [];
  const whole: string[] = [];
  for (const [{ imported: item }, name] of versions) {
    if (item?.specifier !== specifier) continue;
    if (item.imported === undefined) whole.push(`import ${name} = ${module};\n`);
    else named.push(`${item.imported} as ${name}`);
  }
  return `import { ${named.join(", ")} }${from}import * as ${module}${from}${whole.join("")}`;
}

/** What stands for `import("module")`, so that it is not in the list of imports. */
function imported({ specifier }: DynamicImport, { modules }: Names): string | undefined {
  const module = modules.get(specifier);
  return module && `(null! as Promise<typeof ${module}>)`;
}

/** The declaration's text with the names that its mentions have in this document. */
function rewrite(declaration: LinkedDeclaration, names: Names): string {
  const nameOf = (name: string, isType: boolean) => {
    const versions = declaration.links.get(name) ?? [];
    const wanted = versions.find(({ meaning }) => (meaning === "type") === isType) ?? versions[0];
    return (wanted && names.versions.get(wanted)) ?? name;
  };
  const edits: { start: number; end: number; text: string }[] = [];
  for (const { name, start, end, shorthand, isType } of declaration.mentions) {
    const now = nameOf(name, isType);
    if (now !== name) edits.push({ start, end, text: shorthand ? `${name}: ${now}` : now });
  }
  for (const { at, end = at, text } of declaration.additions) edits.push({ start: at, end, text });
  for (const expression of declaration.dynamicImports) {
    const text = imported(expression, names);
    if (text !== undefined) edits.push({ start: expression.start, end: expression.end, text });
  }
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  let text = "";
  let done = 0;
  for (const edit of edits) {
    text += declaration.text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  text += declaration.text.slice(done);
  const forget = declaration.assignable.map((name) => `\n;${nameOf(name, false)} = ${ANYTHING}`);
  return text + forget.join("");
}

/** The cell with its import statements, which stand elsewhere, as white space. */
function blank(code: string, imports: readonly ImportStatement[]): string {
  let text = code;
  for (const { start, end } of imports) {
    const space = code.slice(start, end).replaceAll(/[^\r\n]/g, " ");
    text = text.slice(0, start) + space + text.slice(end);
  }
  return text;
}
