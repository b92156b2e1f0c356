import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runMain } from "guarded-processes/run-main";
import { UserError } from "guarded-processes/user-error";
import { readExercises } from "../class/exercises.js";
import { gradeAll } from "../class/grade-all.js";
import { readHandIns } from "../class/hand-ins.js";
import { csvOf, htmlOf } from "../class/reports.js";
import { LAB, root } from "../project.js";
import { findRedis } from "../redis/redis.js";

const HELP = `Judges the exercises in the notebooks that students have handed in.

Usage: npm run grade -- FOLDER [options]

FOLDER holds a folder or a notebook for each student: STUDENT/*.ipynb or STUDENT.ipynb. Of each, only
the cells of answers count; they run in the teacher's notebook, with a Redis, a process and a folder of
their own. grades.csv and grades.html go into FOLDER.

--cell-timeout SECONDS   limit for a cell (default 15)
--timeout SECONDS        limit for a notebook (default 90)
--memory MEGABYTES       limit for what an answer holds (default 512)
--jobs N                 answers judged at a time (default: as many as there are cores)

Exit status: 0 graded, 2 wrong usage or input.
`;

await runMain(LAB, async ({ signal }) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "cell-timeout": { type: "string", default: "15" },
      timeout: { type: "string", default: "90" },
      memory: { type: "string", default: "512" },
      jobs: { type: "string", default: String(availableParallelism()) },
      help: { type: "boolean" },
    },
  });
  const [name] = positionals;
  if (values.help || name === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  const folder = resolve(process.env["INIT_CWD"] ?? ".", name);
  const number = (option: "cell-timeout" | "timeout" | "memory" | "jobs") => {
    const value = Number(values[option]);
    if (Number.isInteger(value) && value > 0) return value;
    throw new UserError(`--${option} takes a whole number above 0, not "${values[option]}".`);
  };
  const exercises = await readExercises(join(root, "notebooks"));
  const handIns = await readHandIns(folder, exercises);
  if (handIns.length === 0) throw new UserError(`${name}: the folder holds no notebook (*.ipynb).`);
  // Each answer has a Redis of its own, whatever REDIS_URL says.
  const { REDIS_URL: _shared, ...env } = process.env;
  const redis = await findRedis({ root, env, log: (line) => console.error(line), signal });
  const { grades, haveOwnUsers, space } = await gradeAll(handIns, {
    root,
    folder,
    redis,
    cellSeconds: number("cell-timeout"),
    seconds: number("timeout"),
    megabytes: number("memory"),
    jobs: number("jobs"),
    signal,
    onGrade: ({ student, file, exercise, kind }) =>
      console.log(`${student}  ${exercise || file}  ${kind}`),
  });
  await writeFile(join(folder, "grades.csv"), csvOf(grades));
  await writeFile(join(folder, "grades.html"), htmlOf(grades));
  if (!haveOwnUsers) {
    console.log(
      "The answers ran with your rights, so one could have read or deleted your files. Grade in a\n" +
        "container, as root there: then each runs as a user of its own.",
    );
  }
  if (haveOwnUsers && !(space.hidesFolder && space.hasNoNetwork)) {
    const reach = [
      ...(space.hidesFolder ? [] : [`read ${name} unless its mode is 700`]),
      ...(space.hasNoNetwork ? [] : ["use the network"]),
    ];
    console.log(
      `This system lets no namespaces be made, so an answer could ${reach.join(" and ")}.`,
    );
  }
  const solved = grades.filter(({ kind }) => kind === "solved").length;
  console.log(`${solved} of ${grades.length} solved: ${join(folder, "grades.html")}`);
  return 0;
});
