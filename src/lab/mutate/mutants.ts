import { shuffled } from "../check/seeded-random.js";
import type { CodeCell, Notebook } from "notebook-runner/read/notebook";
import { changesOf, constantsOf, type Change } from "./changes.js";

/** A notebook with one change in one cell. */
export interface Mutant {
  readonly notebook: Notebook;
  /** The cell as it was. */
  readonly cell: CodeCell;
  /** Position among the code cells, from 0. */
  readonly position: number;
  readonly change: Change;
}

/**
 * The mutants of a notebook, in random order. Cells tagged `volatile` are left out: their tag says
 * that their numbers cannot be compared.
 */
export function mutantsOf(notebook: Notebook, random: () => number): Mutant[] {
  const { cells } = notebook;
  const constants = constantsOf(cells.map(({ source }) => source));
  const all = [...cells.entries()].flatMap(([position, cell]) => {
    if (cell.tags.includes("volatile")) return [];
    const changes = changesOf(cell.source, constants);
    return changes.map((change) => ({ notebook, cell, position, change }));
  });
  return shuffled(all, random);
}

/** The source of the changed cell. */
export function changedSource({ cell, change }: Mutant): string {
  return cell.source.slice(0, change.start) + change.text + cell.source.slice(change.end);
}

/**
 * What is run: all cells up to the changed one, that one twice, because what it should have deleted
 * shows only then, and the last cell, which clears up; with `all`, also those between.
 */
export function mutatedNotebook(mutant: Mutant, all: boolean): Notebook {
  const { notebook, cell, position } = mutant;
  const { cells } = notebook;
  const changed: CodeCell = { ...cell, source: changedSource(mutant) };
  const before = cells.slice(0, position);
  const after = cells.slice(position + 1);
  return {
    ...notebook,
    cells: [...before, changed, changed, ...(all ? after : after.slice(-1))],
  };
}
