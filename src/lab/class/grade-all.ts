import { gradeAnswer, type GradeOptions } from "./grade-answer.js";
import type { HandIn } from "./hand-ins.js";
import { ownSpace, type OwnSpace } from "./own-space.js";
import { ownUser } from "./own-user.js";
import type { Grade, Verdict } from "./verdict.js";

export interface GradeAllOptions extends GradeOptions {
  /** Where the hand-ins are: no answer is to see them. */
  readonly folder: string;
  /** How many answers are judged at a time. */
  readonly jobs: number;
  readonly onGrade: (grade: Grade) => void;
}

export interface GradeAllResult {
  readonly grades: readonly Grade[];
  /** Whether each answer ran with the rights of a user that owns nothing else. */
  readonly haveOwnUsers: boolean;
  readonly space: OwnSpace;
}

/** Grades each answer of each hand-in, several at a time; in the order of the hand-ins. */
export async function gradeAll(
  handIns: readonly HandIn[],
  options: GradeAllOptions,
): Promise<GradeAllResult> {
  const work = handIns.flatMap((handIn) => {
    const { student, file, invalid } = handIn;
    if (invalid !== undefined) {
      return [{ student, file, exercise: "", judge: async () => verdict("invalid", invalid) }];
    }
    return handIn.answers.map(({ exercise, answer }) => ({
      student,
      file,
      exercise: exercise.id,
      judge: (user: Awaited<ReturnType<typeof ownUser>>) =>
        answer === undefined
          ? Promise.resolve(verdict("missing", "The cell of the answer is gone."))
          : gradeAnswer(exercise, answer, options, user),
    }));
  });
  const grades: Grade[] = [];
  const queue = [...work.entries()];
  const needed = [options.root, process.execPath];
  const space = await ownSpace(options.folder, needed);
  const users = await Promise.all(
    Array.from({ length: options.jobs }, (_, slot) => ownUser(slot, needed, space)),
  );
  await Promise.all(
    users.map(async (user) => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [at, { judge, ...row }] = next;
        const grade = { ...row, ...(await judge(user)) };
        grades[at] = grade;
        options.onGrade(grade);
      }
    }),
  );
  return { grades, haveOwnUsers: users[0] !== undefined, space };
}

function verdict(kind: Verdict["kind"], reason: string): Verdict {
  return { kind, reason };
}
