import { inspect } from "node:util";
import { CheckError } from "../errors.js";
import { localized } from "../language/localized.js";
import { sections, type AnswerTo, type ExerciseId } from "../tasks/sections.js";
import { Judge } from "./judge.js";
import { rememberSolved } from "./progress.js";
import type { Task } from "./task.js";
import { Unmet } from "./unmet.js";

const CORRECT = "✔ correct";

/**
 * Checks the answer to an exercise, on inputs that the notebook does not show, and prints
 * `✔ correct`.
 *
 * @param id section and number of the exercise, such as `2a/1`
 * @param answer the function that the exercise asks for
 * @throws {CheckError} that names the requirement which is not met
 */
export async function check<Id extends ExerciseId>(id: Id, answer: AnswerTo<Id>): Promise<void> {
  const wrong = await judged(id, answer);
  if (wrong !== undefined) throw wrong;
  console.log(await localized(CORRECT));
}

/**
 * As `check`, for the starter of an exercise, which is not yet solved when all cells are run: what
 * is wrong is printed, not thrown.
 */
export async function attempt<Id extends ExerciseId>(id: Id, answer: AnswerTo<Id>): Promise<void> {
  const wrong = await judged(id, answer);
  if (wrong === undefined) await rememberSolved(id);
  console.log(wrong === undefined ? await localized(CORRECT) : wrong.message);
}

async function judged(id: string, answer: unknown): Promise<CheckError | undefined> {
  const { hint, judge } = await taskOf(id);
  const [section = ""] = id.split("/");
  const court = await Judge.of(section);
  try {
    if (typeof answer !== "function") throw new Unmet("The answer should be a function.");
    await judge(court, answer as never);
    return undefined;
  } catch (error) {
    if (!(error instanceof Unmet)) throw error;
    const message = await localized(described(error, court.lastCall, hint));
    return new CheckError(error.requirement, message);
  } finally {
    await court.end();
  }
}

async function taskOf(id: string): Promise<Task<never>> {
  const [section = "", number = ""] = id.split("/");
  const load = (sections as Record<string, () => Promise<{ tasks: Record<string, Task<never>> }>>)[
    section
  ];
  const found = (await load?.())?.tasks[number];
  if (found === undefined) {
    throw new RangeError(`There is no exercise "${id}": it is a section and a number, as "2a/1".`);
  }
  return found;
}

function described(
  { requirement, comparison }: Unmet,
  call: string | undefined,
  hint: string,
): string {
  const lines = {
    call: call === undefined || requirement.includes(call) ? undefined : call,
    expected: comparison && inspect(comparison.expected),
    got: comparison && inspect(comparison.got),
    hint,
  };
  return [
    `Not yet. ${requirement}`,
    ...Object.entries(lines).flatMap(([name, text]) =>
      text === undefined
        ? []
        : [`  ${`${name}:`.padEnd(10)}${text.replaceAll("\n", "\n            ")}`],
    ),
  ].join("\n");
}
