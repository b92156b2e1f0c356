import { readNotebook, type Notebook } from "notebook-runner/read/notebook";
import { selectFiles } from "notebook-runner/read/select-files";

/**
 * Reads the notebooks that a command line names; all of the project where it names none. npm changes
 * into the project's folder, and names may be meant from where the user called it.
 *
 * @throws {UsageError} for a name that leads to nothing, and a file that is no notebook
 */
export async function namedNotebooks(names: readonly string[], root: string): Promise<Notebook[]> {
  const called = process.env["INIT_CWD"];
  const folders = names.length === 0 ? [root] : [process.cwd(), ...(called ? [called] : [])];
  const files = await selectFiles(names.length === 0 ? ["notebooks/*.ipynb"] : names, folders);
  return Promise.all(files.map(readNotebook));
}
