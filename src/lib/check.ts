import { inspect, isDeepStrictEqual } from "node:util";
import { CheckError } from "./errors.js";
import * as exercises from "./exercises/check.js";
import { localized } from "./language/localized.js";
import type { AnswerTo, ExerciseId } from "./tasks/sections.js";

// Until all notebooks state their exercises in tasks/, values are compared as well.

export function check<Id extends ExerciseId>(id: Id, answer: AnswerTo<Id>): Promise<void>;
export function check(actual: unknown, expected: unknown, hint?: string): void;
export function check(actual: unknown, expected: unknown, hint?: string): void | Promise<void> {
  if (isExercise(actual, expected)) return exercises.check(actual, expected as never);
  if (isDeepStrictEqual(actual, expected)) console.log(localized("✔ correct"));
  else {
    const message = difference(actual, expected, hint);
    throw new CheckError(message, message);
  }
}

export function attempt<Id extends ExerciseId>(id: Id, answer: AnswerTo<Id>): Promise<void>;
export function attempt(actual: unknown, expected: unknown, hint?: string): void;
export function attempt(actual: unknown, expected: unknown, hint?: string): void | Promise<void> {
  if (isExercise(actual, expected)) return exercises.attempt(actual, expected as never);
  const isCorrect = isDeepStrictEqual(actual, expected);
  console.log(isCorrect ? localized("✔ correct") : difference(actual, expected, hint));
}

function isExercise(id: unknown, answer: unknown): id is ExerciseId {
  return typeof id === "string" && typeof answer === "function";
}

function difference(actual: unknown, expected: unknown, hint: string | undefined): string {
  return localized(
    [
      "Not yet.",
      `  expected: ${inspect(expected)}`,
      `  got:      ${inspect(actual)}`,
      ...(hint === undefined ? [] : [`  hint:     ${hint}`]),
    ].join("\n"),
  );
}
