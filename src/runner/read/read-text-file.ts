import { readFile } from "node:fs/promises";
import { joined } from "./stored-output.js";
import { readTextNotebook, sidecarOf } from "./text-notebook.js";

/** A notebook written as plain text, in nbformat's JSON. */
export interface PlainText {
  readonly json: string;
  /** Where its outputs are kept. */
  readonly sidecar: string;
  /** Line of the file, from 1, in which the source of each of its cells begins. */
  readonly lines: readonly number[];
}

interface StoredCell {
  readonly source?: unknown;
  readonly outputs?: unknown;
  readonly execution_count?: unknown;
}

/**
 * Reads a notebook that is written as plain text, with the outputs that an update has kept beside it.
 *
 * @throws {Error} for a header that is no YAML
 */
export async function readTextFile(file: string, text: string): Promise<PlainText> {
  const { metadata, cells } = await readTextNotebook(file, text);
  const sidecar = sidecarOf(file);
  const kept = await keptCells(sidecar);
  const json = {
    cells: cells.map(({ cell_type, source, metadata: own }) => {
      if (cell_type !== "code") return { cell_type, metadata: own, source };
      const stored = takeEqual(kept, source);
      return {
        cell_type,
        execution_count: stored?.execution_count ?? null,
        metadata: own,
        outputs: stored?.outputs ?? [],
        source,
      };
    }),
    metadata,
    nbformat: 4,
    nbformat_minor: 4,
  };
  return {
    json: `${JSON.stringify(json, undefined, 1)}\n`,
    sidecar,
    lines: cells.map(({ line }) => line),
  };
}

async function keptCells(sidecar: string): Promise<StoredCell[]> {
  const text = await readFile(sidecar, "utf8").catch(() => '{"cells":[]}');
  try {
    return (JSON.parse(text) as { cells: StoredCell[] }).cells;
  } catch {
    // Half of one: the next update writes it anew.
    return [];
  }
}

/** The kept cell of a source; those before it are of cells that are gone or edited. */
function takeEqual(kept: StoredCell[], source: string): StoredCell | undefined {
  const at = kept.findIndex((cell) => joined(cell.source ?? "", "a source") === source);
  if (at === -1) return undefined;
  const [found] = kept.splice(0, at + 1).slice(-1);
  return found;
}
