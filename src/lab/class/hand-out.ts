import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { written, type NotebookJson } from "../translate/notebook-json.js";
import { isSolution } from "./exercises.js";

/** A notebook without the cells that hold solutions. */
function withoutSolutions(notebook: NotebookJson): NotebookJson {
  return { ...notebook, cells: notebook.cells.filter((cell) => !isSolution(cell)) };
}

/**
 * Copies notebooks without their solutions into a folder, with the pictures and programs that they read.
 *
 * @param stems names without ending; empty: all
 * @returns the names of the notebooks
 */
export async function handOut(
  from: string,
  to: string,
  stems: readonly string[],
): Promise<string[]> {
  const names = (await readdir(from)).filter((name) => name.endsWith(".ipynb"));
  const wanted = stems.length === 0 ? names : stems.map((stem) => `${stem}.ipynb`);
  await mkdir(to, { recursive: true });
  for (const name of wanted) {
    const notebook = JSON.parse(await readFile(join(from, name), "utf8")) as NotebookJson;
    // What a student has written there already is not lost.
    await writeFile(join(to, name), written(withoutSolutions(notebook)), { flag: "wx" });
  }
  for (const beside of ["pictures", "programs"]) {
    await cp(join(from, beside), join(to, beside), { recursive: true });
  }
  return wanted;
}
