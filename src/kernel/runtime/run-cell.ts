import type { CellError, CompiledCell, RunRequest } from "../link.js";
import { mimeBundle } from "../output/mime-bundle.js";
import { lineOfAwait, registerSource } from "../output/stack.js";
import { describeError, type Frame } from "../output/traceback.js";
import { prepareScope } from "./cell-scope.js";
import { inCell, type Cell } from "./cell.js";
import type { Evaluator } from "./evaluator.js";
import { isQuiet } from "./kernel-module.js";
import { keepLastValue } from "./last-value.js";
import type { Outbox } from "./outbox.js";
import { cellOf } from "./preload.js";
import { kernelRuns } from "./kernel-code.js";

/** Kept, since cells may replace the global one. */
const { setImmediate } = globalThis;

/** Runs a cell, publishes its result or error, and tells the protocol thread how it ended. */
export async function runCell(
  request: RunRequest,
  evaluator: Evaluator,
  outbox: Outbox,
): Promise<void> {
  const cell = cellOf(request);
  registerSource(request);
  await inCell(cell, async () => {
    let error: CellError | undefined;
    let expressions = {};
    try {
      await evaluate(request, cell, evaluator);
      await publishResult(cell, outbox);
      expressions = await evaluateAll(request.expressions, cell, evaluator);
      kernelRuns(true);
    } catch (thrown) {
      kernelRuns(true);
      if (cell.stopped) evaluator.abandon();
      // An uncaught error has been published when it was thrown.
      const isPublished = cell.uncaught !== undefined && thrown === cell.uncaught.error;
      error = describeError(thrown, isPublished ? undefined : placeOfAwait(cell));
      if (!isPublished && !cell.silent) outbox.publish("error", { ...error }, cell);
    }
    cell.running = false;
    cell.awaited = undefined;
    outbox.flush();
    outbox.send({
      type: "done",
      id: request.id,
      expressions,
      ...(error === undefined ? {} : { error }),
    });
    kernelRuns(false);
  });
}

function placeOfAwait({ id, count, awaiting }: Cell): Frame | undefined {
  return awaiting && { file: `Cell ${count}`, line: lineOfAwait(id, awaiting) };
}

async function evaluate(compiled: CompiledCell, cell: Cell, evaluator: Evaluator): Promise<void> {
  prepareScope(compiled);
  // It may have been stopped while its packages were loaded.
  if (!cell.stopped) await Promise.race([evaluator.run(compiled.code), cell.stop]);
  // Whoever awaits them hears of their errors.
  await Promise.race([Promise.allSettled(cell.shows), cell.stop]);
  // Node reports what nobody has caught before its next turn.
  await Promise.race([new Promise((resolve) => setImmediate(resolve)), cell.stop]);
  if (cell.uncaught) throw cell.uncaught.error;
}

async function publishResult(cell: Cell, outbox: Outbox): Promise<void> {
  const { value } = cell;
  if (!isQuiet(value)) keepLastValue(value);
  if (cell.silent || value === undefined || isQuiet(value)) return;
  // Inspection may call code of the user's.
  kernelRuns(false);
  const { data, metadata } = await Promise.race([mimeBundle(value), cell.stop]);
  outbox.publish("execute_result", { execution_count: cell.count, data, metadata }, cell);
}

/** The request's user_expressions, each with a bundle or an error. */
async function evaluateAll(
  expressions: RunRequest["expressions"],
  cell: Cell,
  evaluator: Evaluator,
): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  for (const [key, compiled] of Object.entries(expressions)) {
    try {
      if ("ename" in compiled) {
        results[key] = { status: "error", ...compiled };
        continue;
      }
      cell.value = undefined;
      prepareScope(compiled);
      await Promise.race([evaluator.run(compiled.code), cell.stop]);
      results[key] = { status: "ok", ...(await mimeBundle(cell.value)) };
    } catch (thrown) {
      results[key] = { status: "error", ...describeError(thrown) };
    }
  }
  return results;
}
