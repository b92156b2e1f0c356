import { readdir, readFile, stat } from "node:fs/promises";
import { join, parse } from "node:path";
import { textOf, type NotebookJson } from "../translate/notebook-json.js";
import type { Exercise } from "./exercises.js";

export interface HandIn {
  readonly student: string;
  /** Within the folder. */
  readonly file: string;
  /** Answers to the exercises of the notebook that it is; undefined where a cell is gone. */
  readonly answers: readonly { readonly exercise: Exercise; readonly answer: string | undefined }[];
  /** Why it cannot be judged. */
  readonly invalid?: string;
}

/** No notebook of a student needs more. */
const MOST_BYTES = 20_000_000;

/** Reads STUDENT/*.ipynb and STUDENT.ipynb of a folder, by name. */
export async function readHandIns(
  folder: string,
  exercises: readonly Exercise[],
): Promise<HandIn[]> {
  const found: HandIn[] = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted(byName)) {
    if (entry.isFile() && entry.name.endsWith(".ipynb")) {
      found.push(await readHandIn(folder, parse(entry.name).name, entry.name, exercises));
    }
    if (!entry.isDirectory()) continue;
    const files = await readdir(join(folder, entry.name), { withFileTypes: true });
    for (const file of files.toSorted(byName)) {
      // A link could lead to somebody else's.
      if (!file.isFile() || !file.name.endsWith(".ipynb")) continue;
      const path = join(entry.name, file.name);
      found.push(await readHandIn(folder, entry.name, path, exercises));
    }
  }
  return found;
}

async function readHandIn(
  folder: string,
  student: string,
  file: string,
  exercises: readonly Exercise[],
): Promise<HandIn> {
  const invalid = (reason: string) => ({ student, file, answers: [], invalid: reason });
  const path = join(folder, file);
  if ((await stat(path)).size > MOST_BYTES) return invalid("The file is too large.");
  let cells: NotebookJson["cells"];
  try {
    ({ cells } = JSON.parse(await readFile(path, "utf8")) as NotebookJson);
    // Whatever is no notebook throws here.
    cells = cells.filter((cell) => cell.cell_type === "code" && textOf(cell.source) !== "");
  } catch {
    return invalid("The file is no notebook.");
  }
  const own = exercises.filter(({ stem }) => stem === stemOf(file, cells, exercises));
  if (own.length === 0) return invalid("It is no notebook of the course, or has no exercise.");
  const answers = own.map((exercise) => {
    const cell = cells.find(({ id }) => id === exercise.cellId);
    return { exercise, answer: cell && textOf(cell.source) };
  });
  return { student, file, answers };
}

/** Which notebook of the course it is: by its name, or by the exercises in it. */
function stemOf(file: string, cells: NotebookJson["cells"], exercises: readonly Exercise[]) {
  const name = parse(file).name;
  if (exercises.some(({ stem }) => stem === name)) return name;
  const text = cells.map(({ source }) => textOf(source)).join("\n");
  return exercises.find(({ id }) => text.includes(`attempt("${id}"`))?.stem;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
