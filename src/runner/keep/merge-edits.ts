type Cell = Readonly<Record<string, unknown>>;

/**
 * Finds the cells of a notebook that somebody's edits have left alone: same source, same outputs.
 * Cells are known by their ids, those without one by their order.
 *
 * @param before the notebook's text when it was read
 * @param now its text after the edits
 * @returns gives for the index of a cell before the one it has now; undefined when it was edited
 */
export async function unchangedCells(
  before: string,
  now: string,
): Promise<(index: number) => number | undefined> {
  if (before === now) return (index) => index;
  const [old, current] = [cellsOf(before), cellsOf(now)];
  const [oldIds, currentIds] = [uniqueIds(old), uniqueIds(current)];
  const found = new Map<number, number>();
  for (const [id, index] of oldIds) {
    const at = currentIds.get(id);
    if (at !== undefined && told(old[index]) === told(current[at])) found.set(index, at);
  }
  for (const [index, at] of await inOrder(without(old, oldIds), without(current, currentIds))) {
    found.set(index, at);
  }
  return (index) => found.get(index);
}

function cellsOf(text: string): Cell[] {
  return (JSON.parse(text) as { cells: Cell[] }).cells;
}

/** What of a cell must be the same for new outputs to be its own. */
function told(cell: Cell | undefined): string {
  const { cell_type: type, source, outputs } = cell ?? {};
  return JSON.stringify([type, joined(source), outputs]);
}

function joined(source: unknown): unknown {
  return Array.isArray(source) ? source.join("") : source;
}

/** By id, the index of each cell whose id no other has. */
function uniqueIds(cells: readonly Cell[]): Map<string, number> {
  const ids = new Map<string, number>();
  const twice = new Set<string>();
  for (const [index, { id }] of cells.entries()) {
    if (typeof id !== "string") continue;
    if (ids.has(id)) twice.add(id);
    ids.set(id, index);
  }
  for (const id of twice) ids.delete(id);
  return ids;
}

interface Candidate {
  readonly index: number;
  readonly text: string;
}

function without(cells: readonly Cell[], ids: ReadonlyMap<string, number>): Candidate[] {
  const known = new Set(ids.values());
  return cells.flatMap((cell, index) => (known.has(index) ? [] : [{ index, text: told(cell) }]));
}

/** The pairs of equal cells that keep their order. */
async function inOrder(
  old: readonly Candidate[],
  current: readonly Candidate[],
): Promise<[number, number][]> {
  // Loaded when needed: hardly ever is a notebook edited while it runs.
  const { diffArrays } = await import("diff");
  const texts = (all: readonly Candidate[]) => all.map(({ text }) => text);
  const pairs: [number, number][] = [];
  let [left, right] = [0, 0];
  for (const { added, removed, value } of diffArrays(texts(old), texts(current))) {
    for (const _ of value) {
      const [a, b] = [old[left], current[right]];
      if (!added && !removed && a && b) pairs.push([a.index, b.index]);
      if (!added) left++;
      if (!removed) right++;
    }
  }
  return pairs;
}
