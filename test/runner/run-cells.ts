import { join } from "node:path";
import { parseNotebook } from "#runner/read/notebook.js";
import { runNotebook, type NotebookOptions } from "#runner/run/run-notebook.js";
import { notebookText, type FixtureCell } from "./fixtures.js";

/** Runs a notebook with these cells, and gives its verdicts as `code index`. */
export async function runCells(
  cells: readonly (FixtureCell | string)[],
  options: Partial<NotebookOptions> & { metadata?: object; folder?: string } = {},
) {
  const { metadata, folder = process.cwd(), ...rest } = options;
  const whole = cells.map((cell) => (typeof cell === "string" ? { source: cell } : cell));
  const notebook = parseNotebook(join(folder, "n.ipynb"), notebookText(whole, metadata));
  const result = await runNotebook(notebook, {
    env: process.env,
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 60,
    notebookTimeoutSeconds: 120,
    signal: new AbortController().signal,
    onCell: () => {},
    ...rest,
  });
  const verdicts = result.failures.map(
    ({ verdict, cellIndex }) => `${verdict} ${cellIndex ?? "-"}`,
  );
  const statuses = result.cells.map(({ status }) => status);
  return { ...result, verdicts, statuses };
}
