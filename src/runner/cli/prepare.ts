import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { keptAt, type KeepOptions } from "../keep/keep-results.js";
import { refuseToReplace } from "../keep/refuse-to-replace.js";
import type { Notebook } from "../read/notebook.js";
import { shortPath } from "../read/select-files.js";
import { harmless } from "../report/harmless.js";
import type { TerminalTarget } from "../report/terminal.js";
import { writeWhole } from "../report/write-report.js";

/**
 * Writes notebooks with their parameters, and runs nothing.
 *
 * @throws {UsageError} when one would be written over a notebook
 */
export async function prepareCommand(
  notebooks: readonly Notebook[],
  places: KeepOptions,
  { write }: Pick<TerminalTarget, "write">,
): Promise<number> {
  const valid = notebooks.filter(({ invalid }) => invalid === undefined);
  const files = valid.map((notebook) => keptAt({ notebook }, places));
  await refuseToReplace(files, notebooks);
  for (const [index, notebook] of valid.entries()) {
    const file = files[index] ?? "";
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, notebook.text);
    write(harmless(`${shortPath(notebook.file)} -> ${shortPath(file)}\n`));
  }
  return valid.length < notebooks.length ? 2 : 0;
}
