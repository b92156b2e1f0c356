import type { ImportStatement } from "./declarations.js";
import type { Cell } from "./read-cell.js";
import { clash, type LinkedDeclaration, type Scope, type Version } from "./scope.js";

/** A stretch of the cell's own text within the document. */
interface Run {
  readonly inDocument: number;
  readonly inCell: number;
  readonly length: number;
}

/** What the type checker is given as one file, and where in it the cell is. */
export class Document {
  readonly #runs: Run[] = [];
  #text = "";

  get text(): string {
    return this.#text;
  }

  add(text: string): void {
    this.#text += text;
  }

  /** Adds a stretch of the cell as it is. */
  addCell(code: string, start: number, end: number): void {
    this.#runs.push({ inDocument: this.#text.length, inCell: start, length: end - start });
    this.#text += code.slice(start, end);
  }

  /** @returns the offset in the cell, or undefined where the document is not the cell's text */
  toCell(offset: number): number | undefined {
    const run = this.#runs.find((r) => offset >= r.inDocument && offset <= r.inDocument + r.length);
    return run && run.inCell + offset - run.inDocument;
  }

  /** @returns the offset in the document of an offset in the cell */
  toDocument(offset: number): number {
    const run = this.#runs.find((r) => offset >= r.inCell && offset <= r.inCell + r.length);
    return run ? run.inDocument + offset - run.inCell : this.#text.length;
  }
}

/** Assigned to a variable, it makes the checker forget what the first value was. */
const ANYTHING = "$lab_any";

/** An earlier version of a name is `name$lab3` in the document, as cell 3 declared it. */
export const OLD_NAME = /\$lab\d+/g;

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
  const { code, imports } = cell;
  const versions = findNeeded(scope, cell);
  const names = new Map<Version, string>();
  for (const version of versions) {
    const isCurrent = scope.lookUp(version.name).includes(version) && !isReplaced(version, cell);
    names.set(version, isCurrent ? version.name : `${version.name}$lab${version.cell}`);
  }
  const document = new Document();
  for (const specifier of specifiers) {
    document.add(importsOf(specifier, names));
    const own = imports.filter((statement) => statement.specifier === specifier);
    for (const { start, end } of own) {
      document.addCell(code, start, end);
      document.add(";\n");
    }
    if (own.length === 0) document.add(`import {} from ${JSON.stringify(specifier)};\n`);
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
  for (const [version, name] of names) {
    const isForgotten = version.statements.length === 0 && !version.imported && !written.has(name);
    if (isForgotten) document.add(`declare const ${name}: any; type ${name} = any;\n`);
  }
  document.add(";\n");
  document.addCell(blank(code, imports), 0, code.length);
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

function importsOf(specifier: string, names: ReadonlyMap<Version, string>): string {
  const from = ` from ${JSON.stringify(specifier)};\n`;
  const named: string[] = [];
  const whole: string[] = [];
  for (const [{ imported }, name] of names) {
    if (imported?.specifier !== specifier) continue;
    if (imported.imported === undefined) whole.push(name);
    else named.push(`${imported.imported} as ${name}`);
  }
  const modules =
    whole.length > 0
      ? whole.map((name) => `import * as ${name}${from}`).join("")
      : `import {}${from}`;
  return `import { ${named.join(", ")} }${from}${modules}`;
}

/** The declaration's text with the names that its mentions have in this document. */
function rewrite(declaration: LinkedDeclaration, names: ReadonlyMap<Version, string>): string {
  const nameOf = (name: string, isType: boolean) => {
    const versions = declaration.links.get(name) ?? [];
    const wanted = versions.find(({ meaning }) => (meaning === "type") === isType) ?? versions[0];
    return (wanted && names.get(wanted)) ?? name;
  };
  const edits: { start: number; end: number; text: string }[] = [];
  for (const { name, start, end, shorthand, isType } of declaration.mentions) {
    const now = nameOf(name, isType);
    if (now !== name) edits.push({ start, end, text: shorthand ? `${name}: ${now}` : now });
  }
  for (const { at, text } of declaration.additions) edits.push({ start: at, end: at, text });
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
