import type { RunResult } from "../run/run-events.js";
import { shownState } from "./widget-state.js";
import { storedForm } from "./stored-form.js";
import { VERDICTS, type Failure } from "../judge/verdicts.js";

interface StoredCell {
  cell_type: string;
  outputs?: unknown[];
  execution_count?: number | null;
}

/**
 * The text of a notebook as it was executed: all outputs as they came, and above each cell that
 * failed a note that says why. Cells that did not run have no outputs.
 */
export function executedText(result: RunResult): string {
  const json = JSON.parse(result.notebook.text) as {
    cells: StoredCell[];
    metadata?: Record<string, unknown>;
    nbformat_minor?: number;
  };
  // Older formats know no id.
  const withId = (json.nbformat_minor ?? 0) >= 5;
  for (const [position, { cell, status, outputs }] of result.cells.entries()) {
    const stored = json.cells[cell.index];
    if (stored === undefined || status === "skipped") continue;
    const ran = status !== "not-run";
    stored.outputs = ran ? outputs.map((output) => storedForm(output, position + 1)) : [];
    stored.execution_count = ran ? position + 1 : null;
  }
  const widgets = shownState(JSON.stringify(json.cells), undefined, result.widgetState);
  if (widgets !== undefined) json.metadata = { ...json.metadata, widgets };
  const cells = json.cells.flatMap((cell, index) => {
    const failures = result.failures.filter(({ cellIndex }) => cellIndex === index);
    return [...failures.map((failure, count) => note(failure, `${index}-${count}`, withId)), cell];
  });
  const whole = result.failures.filter(({ cellIndex }) => cellIndex === undefined);
  const notes = whole.map((failure, count) => note(failure, `all-${count}`, withId));
  return `${JSON.stringify({ ...json, cells: [...notes, ...cells] }, undefined, 1)}\n`;
}

function note({ verdict, message, detail }: Failure, id: string, withId: boolean) {
  const title = `**${VERDICTS[verdict].title}** (\`${verdict}\`)`;
  const fence = "````";
  const lines = [title, "", message, ...(detail ? ["", fence, detail.trimEnd(), fence] : [])];
  return {
    cell_type: "markdown",
    ...(withId ? { id: `failure-${id}` } : {}),
    metadata: { tags: ["runner-failure"] },
    source: lines.join("\n"),
  };
}
