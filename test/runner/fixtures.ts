import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A code cell: its source, the text it is stored with on stdout, its tags. */
export interface FixtureCell {
  readonly source: string;
  readonly stored?: string;
  readonly tags?: readonly string[];
  /** Besides its tags. */
  readonly metadata?: object;
}

/** What notebooks have that name no other kernel. */
const TSLAB = { kernelspec: { name: "tslab", display_name: "tslab", language: "typescript" } };

/** The text of a notebook with these code cells. */
export function notebookText(cells: readonly FixtureCell[], metadata: object = TSLAB): string {
  const json = {
    cells: cells.map(({ source, stored, tags, metadata: own }, index) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${index}`,
      metadata: { ...own, ...(tags ? { tags } : {}) },
      outputs: stored ? [{ name: "stdout", output_type: "stream", text: [stored] }] : [],
      source,
    })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(json, undefined, 1)}\n`;
}

/** Writes such a notebook and gives its path. */
export async function writeFixture(
  folder: string,
  name: string,
  cells: readonly FixtureCell[],
  metadata: object = TSLAB,
): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, notebookText(cells, metadata));
  return file;
}
