import type { ImportDeclaration, Program } from "oxc-parser";
import { declaredNames } from "./declared-names.js";

/** A part of a cell's source, or a text of our own that stands in no cell. */
type Part = string | { readonly start: number; readonly end: number };

export interface CellImports {
  /** Import statements, which may stand only at the top of a module. */
  readonly hoisted: readonly Part[];
  /** Declarations for the cell's block, of names that something else of that name would hide. */
  readonly glue: string;
}

/** Takes the imports out of the cells of one notebook, in their order. */
export class ImportHoister {
  /** By local name: what it was last imported as, or "" for one that a cell declared. */
  readonly #known = new Map<string, string>();
  #aliases = 0;

  /** Takes the next cell. */
  take(source: string, program: Program): CellImports {
    const hoisted: Part[] = [];
    const glue: string[] = [];
    for (const statement of program.body) {
      if (statement.type !== "ImportDeclaration") continue;
      if (statement.specifiers.length === 0) hoisted.push(statement, "\n");
      for (const specifier of statement.specifiers) {
        const { name } = specifier.local;
        const text = source.slice(specifier.start, specifier.end);
        const origin = [specifier.type, text, statement.source.value].join(" ");
        const known = this.#known.get(name);
        // The same import again is no conflict; its module was looked up the first time.
        if (known === origin) continue;
        this.#known.set(name, origin);
        const alias = known === undefined ? undefined : `__import${++this.#aliases}_${name}`;
        hoisted.push(...importOf(statement, specifier, alias));
        if (alias === undefined) continue;
        glue.push(`type ${name} = ${alias};`);
        if (!isTypeOnly(statement, specifier)) glue.push(`const ${name} = ${alias};`);
      }
    }
    for (const name of declaredNames(program)) this.#known.set(name, "");
    return { hoisted, glue: glue.join(" ") };
  }
}

type Specifier = ImportDeclaration["specifiers"][number];

/** One import statement for one name, made of the cell's own words, so that errors find them. */
function importOf(statement: ImportDeclaration, specifier: Specifier, alias?: string): Part[] {
  const from: Part[] = [" from ", { start: statement.source.start, end: statement.end }, "\n"];
  const keyword = statement.importKind === "type" ? "import type " : "import ";
  if (specifier.type === "ImportDefaultSpecifier") {
    return [keyword, alias ?? specifier.local, ...from];
  }
  if (specifier.type === "ImportNamespaceSpecifier") {
    return [keyword, ...(alias === undefined ? [specifier] : [`* as ${alias}`]), ...from];
  }
  if (alias === undefined) return [keyword, "{ ", specifier, " }", ...from];
  const type = specifier.importKind === "type" ? "type " : "";
  return [keyword, `{ ${type}`, specifier.imported, ` as ${alias} }`, ...from];
}

function isTypeOnly(statement: ImportDeclaration, specifier: Specifier): boolean {
  if (statement.importKind === "type") return true;
  return specifier.type === "ImportSpecifier" && specifier.importKind === "type";
}
