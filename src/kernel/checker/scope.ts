import type { CellDeclarations, Declaration, ImportedName, Meaning } from "./declarations.js";

/** Names with what they stand for. */
export type Names = ReadonlyMap<string, Meaning>;

/** What one cell made of a name. A later cell may make something else of it: another version. */
export interface Version {
  readonly name: string;
  readonly meaning: Meaning;
  /** Which accepted cell it is from: 1, 2, 3... */
  readonly cell: number;
  readonly statements: LinkedDeclaration[];
  readonly imported?: ImportedName;
}

/** A declaration, and the versions that the names in it had when its cell ran. */
export interface LinkedDeclaration extends Declaration {
  readonly cell: number;
  readonly order: number;
  readonly links: ReadonlyMap<string, readonly Version[]>;
}

/** So many versions that only other old versions need are kept; then the oldest become `any`. */
const OLD_VERSIONS_LIMIT = 100;

/**
 * The names that accepted cells left, as in a read-eval-print loop: a later declaration replaces
 * an earlier one, but what was made from the earlier one keeps it.
 */
export class Scope {
  readonly #current = new Map<string, readonly Version[]>();
  readonly #codes = new Map<number, string>();
  #cells = 0;
  #revision = 0;

  /** Changes whenever the names or their types may have changed. */
  get revision(): number {
    return this.#revision;
  }

  /** The versions of a name that a new cell sees: one, or a type and a value of the same name. */
  lookUp(name: string): readonly Version[] {
    return this.#current.get(name) ?? [];
  }

  /** All versions that a new cell sees. */
  *visible(): Iterable<Version> {
    for (const versions of this.#current.values()) yield* versions;
  }

  /** Takes in what a cell declares. The same cell once more, with nothing changed, adds nothing. */
  accept(code: string, cell: CellDeclarations): void {
    const names = declaredMeanings(cell);
    if (names.size === 0 || this.#isRepeated(code, cell, names)) return;
    const number = ++this.#cells;
    const own = new Map<string, Version>();
    const imported = new Map(cell.importedNames.map((name) => [name.name, name]));
    for (const [name, meaning] of names) {
      const from = imported.get(name);
      own.set(name, {
        name,
        meaning,
        cell: number,
        statements: [],
        ...(from && { imported: from }),
      });
    }
    cell.declarations.forEach((declaration, order) => {
      const links = new Map<string, readonly Version[]>();
      for (const { name } of declaration.mentions) {
        const version = own.get(name);
        links.set(name, version ? [version] : this.lookUp(name));
      }
      const linked: LinkedDeclaration = { ...declaration, cell: number, order, links };
      for (const { name } of declaration.names) own.get(name)?.statements.push(linked);
    });
    for (const [name, version] of own) {
      const kept = this.lookUp(name).filter(({ meaning }) => !clash(meaning, version.meaning));
      this.#current.set(name, [...kept, version]);
    }
    this.#codes.set(number, code);
    this.#revision++;
    this.#forget();
  }

  /** Whether the cell's names are as the same code left them, and so is all that it mentions. */
  #isRepeated(code: string, cell: CellDeclarations, names: Names): boolean {
    const numbers = new Set<number | undefined>();
    for (const name of names.keys()) numbers.add(this.lookUp(name).at(-1)?.cell);
    const [number] = numbers;
    if (number === undefined || numbers.size > 1 || this.#codes.get(number) !== code) return false;
    return [...names.keys()].every((name) =>
      (this.lookUp(name).at(-1)?.statements ?? []).every(({ links }) =>
        [...links].every(([linked, versions]) => {
          const now = names.has(linked) ? versions : this.lookUp(linked);
          return now.length === versions.length && now.every((v, i) => v === versions[i]);
        }),
      ),
    );
  }

  /** Drops the text of cells of which nothing is left, and bounds how far old versions go back. */
  #forget(): void {
    const live = reachable(this.visible());
    const cells = new Set([...live].map(({ cell }) => cell));
    for (const number of this.#codes.keys()) if (!cells.has(number)) this.#codes.delete(number);
    const old = [...live].filter((version) => !this.lookUp(version.name).includes(version));
    if (old.length <= OLD_VERSIONS_LIMIT) return;
    const oldest = old.toSorted((a, b) => a.cell - b.cell).slice(0, old.length / 2);
    for (const version of oldest) version.statements.length = 0;
  }
}

/** The versions given and all that their declarations mention, directly or not. */
function reachable(versions: Iterable<Version>): Set<Version> {
  const found = new Set<Version>();
  const open = [...versions];
  for (let version = open.pop(); version; version = open.pop()) {
    if (found.has(version)) continue;
    found.add(version);
    for (const { links } of version.statements)
      for (const linked of links.values()) open.push(...linked);
  }
  return found;
}

/** Whether one declaration replaces the other: a type and a value of the same name live together. */
export function clash(a: Meaning, b: Meaning): boolean {
  return a === "both" || b === "both" || a === b;
}

/** Each name that a cell declares; a cell may declare a type and a value of the same name. */
export function declaredMeanings(cell: CellDeclarations): Names {
  const names = new Map<string, Meaning>();
  for (const { name } of cell.importedNames) names.set(name, "both");
  for (const { name, meaning } of cell.declarations.flatMap((declaration) => declaration.names)) {
    const known = names.get(name);
    names.set(name, known !== undefined && known !== meaning ? "both" : meaning);
  }
  return names;
}
