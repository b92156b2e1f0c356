import { freeMemoryAfter } from "../read/free-memory.js";
import type { Notebook } from "../read/notebook.js";
import { isCompared, isSkipped } from "../read/cell-tags.js";
import type { Output } from "../read/output.js";
import type { CellResult } from "../run/cell-result.js";
import type { RoundOptions, TimedRun } from "../run/rounds.js";
import { compareOutputs, masksFor } from "./compare/compare-outputs.js";
import { judgeLateError, judgeOutputs } from "./judge.js";
import type { Failure } from "./verdicts.js";

/** What a round has left, by the position of the code cells. */
export interface Round {
  /** Undefined: skipped, or not run. */
  readonly runs: readonly (TimedRun | undefined)[];
  /** Positions of cells that ended otherwise than they should. */
  readonly failed: ReadonlySet<number>;
  /** Outputs of the first round; empty in it. */
  readonly first: readonly (readonly Output[])[];
}

/** Judges the outputs of a round's cells, when all that they have caused has come. */
export async function judgeRound(
  notebook: Notebook,
  { runs, failed, first }: Round,
  options: Pick<RoundOptions, "update" | "compare" | "closeness">,
): Promise<{ failures: Failure[]; cells: CellResult[] }> {
  const cells: CellResult[] = [];
  const failures: Failure[] = [];
  for (const [position, cell] of notebook.cells.entries()) {
    const run = runs[position];
    if (run === undefined) {
      const status = isSkipped(cell) ? "skipped" : "not-run";
      cells.push({ cell, status, milliseconds: 0, outputs: cell.outputs });
      continue;
    }
    const { outputs } = run.fold;
    freeMemoryAfter(sizeOf(outputs));
    const hasFailed = failed.has(position);
    const late = run.end.kind === "ok" && !hasFailed ? judgeLateError(cell, outputs) : [];
    // What never ran has nothing to be compared with but its own outputs of an earlier round.
    const stored = options.update || cell.isUnrun ? first[position] : cell.outputs;
    const compares = !hasFailed && isCompared(cell, options.compare !== false);
    const difference =
      late.length === 0 && compares && stored !== undefined
        ? await compareOutputs(stored, outputs, masksFor(cell, notebook), options.closeness)
        : undefined;
    const found = late.length > 0 ? late : judgeOutputs(cell, outputs, difference);
    failures.push(...found);
    const status = hasFailed || found.length > 0 ? "failed" : "passed";
    cells.push({ cell, status, milliseconds: run.milliseconds, outputs });
  }
  return { failures, cells };
}

function sizeOf(outputs: readonly Output[]): number {
  return outputs.reduce((sum, one) => sum + ("text" in one ? one.text.length : 0), 0);
}
