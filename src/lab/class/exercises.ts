import { readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { textOf, type CellJson, type NotebookJson } from "../translate/notebook-json.js";

/** An exercise of the course, as its notebook has it. */
export interface Exercise {
  /** Such as `2a/1`. */
  readonly id: string;
  /** The name of its notebook, without ending. */
  readonly stem: string;
  readonly notebook: NotebookJson;
  /** The cell in which a learner answers. */
  readonly cellId: string;
  /** What the notebook gives to `attempt`: the id and the answer. */
  readonly args: string;
}

const ATTEMPT = /^await attempt\(("([^"]+)", .+)\);?$/m;

export const isSolution = ({ metadata }: CellJson) => metadata.jupyter?.source_hidden === true;
export const isStarter = (cell: CellJson) =>
  cell.cell_type === "code" && ATTEMPT.test(textOf(cell.source));

/** All exercises of a folder of notebooks that hold their solutions. */
export async function readExercises(folder: string): Promise<Exercise[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ipynb")).toSorted();
  const found: Exercise[] = [];
  for (const name of names) {
    const notebook = JSON.parse(await readFile(join(folder, name), "utf8")) as NotebookJson;
    for (const cell of notebook.cells) {
      const [, args, id] = (isStarter(cell) && ATTEMPT.exec(textOf(cell.source))) || [];
      if (args === undefined || id === undefined) continue;
      found.push({ id, stem: parse(name).name, notebook, cellId: cell.id, args });
    }
  }
  return found;
}
