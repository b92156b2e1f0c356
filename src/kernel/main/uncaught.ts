import { KeyboardInterrupt } from "../errors.js";
import { describeError } from "../output/traceback.js";
import { currentCell } from "./cell.js";
import type { Front } from "./front.js";

/**
 * Makes an error that nobody caught, thrown or a rejection, an error of the cell that caused it.
 * The kernel lives on.
 */
export function ownUncaughtErrors(front: Front): void {
  const onError = (error: unknown) => {
    const cell = currentCell();
    // What is left of a cell that was stopped ends this way.
    if (error instanceof KeyboardInterrupt) return;
    if (cell?.running === true) cell.uncaught ??= { error };
    front.publish("error", { ...describeError(error) }, cell);
  };
  process.on("uncaughtException", onError);
  process.on("unhandledRejection", onError);
}
