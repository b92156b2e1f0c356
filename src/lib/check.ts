import { inspect, isDeepStrictEqual } from "node:util";
import { CheckError } from "./errors.js";

/**
 * Checks the answer of an exercise and prints `✔ correct`.
 *
 * @param hint what to think of when it is wrong
 * @throws {CheckError} when the values differ; it shows both
 */
export function check(actual: unknown, expected: unknown, hint?: string): void {
  if (isDeepStrictEqual(actual, expected)) {
    console.log("✔ correct");
    return;
  }
  const lines = [
    "Not yet.",
    `  expected: ${inspect(expected)}`,
    `  got:      ${inspect(actual)}`,
    ...(hint === undefined ? [] : [`  hint:     ${hint}`]),
  ];
  throw new CheckError(actual, expected, lines.join("\n"));
}
