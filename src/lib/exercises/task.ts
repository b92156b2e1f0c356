import type { Judge } from "./judge.js";

/** An exercise: what an answer must do, told by calling it. */
export interface Task<Answer> {
  /** What to think of when it is not solved. */
  readonly hint: string;
  /** Calls the answer on several inputs and throws Unmet at the first requirement that it fails. */
  readonly judge: (judge: Judge, answer: Answer) => Promise<unknown>;
}

/**
 * States an exercise.
 *
 * @param hint what to think of when it is not solved
 */
export function task<Answer extends (...args: never[]) => unknown>(
  hint: string,
  judge: (judge: Judge, answer: Answer) => Promise<unknown>,
): Task<Answer> {
  return { hint, judge };
}
