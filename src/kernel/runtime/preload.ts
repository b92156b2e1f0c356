import type { CellRun, PreloadRequest } from "../link.js";
import type { Importer } from "../modules/importer.js";
import { Cell, inCell } from "./cell.js";

let prepared: Cell | undefined;

/** Loads packages in the name of a cell that is about to run, unless its types are wrong. */
export async function preload(
  { cell: run, packages }: PreloadRequest,
  importer: Importer,
): Promise<void> {
  const cell = (prepared = new Cell(run));
  await inCell(cell, async () => {
    for (const specifier of packages) {
      if (!cell.stopped) await importer.preload(specifier);
    }
  });
}

/** The cell of a run: the one in whose name packages were loaded, if any were. */
export function cellOf(run: CellRun): Cell {
  const cell = prepared?.id === run.id ? prepared : new Cell(run);
  prepared = undefined;
  return cell;
}
