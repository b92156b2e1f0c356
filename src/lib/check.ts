import { inspect, isDeepStrictEqual } from "node:util";
import { CheckError } from "./errors.js";

/**
 * Checks the answer of an exercise and prints `✔ correct`.
 *
 * @param hint what to think of when it is wrong
 * @throws {CheckError} when the values differ; it shows both
 */
export function check(actual: unknown, expected: unknown, hint?: string): void {
  if (isDeepStrictEqual(actual, expected)) console.log("✔ correct");
  else throw new CheckError(actual, expected, difference(actual, expected, hint));
}

/**
 * As `check`, for the starter of an exercise, which is not yet solved when all cells are run: a
 * wrong answer is printed, not thrown.
 */
export function attempt(actual: unknown, expected: unknown, hint?: string): void {
  const isCorrect = isDeepStrictEqual(actual, expected);
  console.log(isCorrect ? "✔ correct" : difference(actual, expected, hint));
}

function difference(actual: unknown, expected: unknown, hint: string | undefined): string {
  return [
    "Not yet.",
    `  expected: ${inspect(expected)}`,
    `  got:      ${inspect(actual)}`,
    ...(hint === undefined ? [] : [`  hint:     ${hint}`]),
  ].join("\n");
}
