import type { Failure } from "./verdicts.js";

/** A failure in a later round, of a cell that has passed in the rounds before, says so. */
export function asFlaky(failure: Failure, round: number): Failure {
  if (round === 1 || failure.cellIndex === undefined) return failure;
  const message = `${failure.message} The cell is flaky: it passed in the rounds before.`;
  return { ...failure, message, isFlaky: true };
}
