import { randomBytes } from "node:crypto";
import { cp, mkdir, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { GuardedProcess, guardedFolder } from "guarded-processes/guarded-process";
import { settlesWithin } from "guarded-processes/time-limit";
import type { RedisSource } from "../redis/redis.js";
import type { Exercise } from "./exercises.js";
import { gradedNotebook } from "./graded-notebook.js";
import type { Order } from "./judge-one.js";
import type { OwnUser } from "./own-user.js";
import type { Verdict } from "./verdict.js";

export interface GradeOptions {
  /** The project's folder. */
  readonly root: string;
  readonly redis: RedisSource;
  /** How long one cell may take, in seconds. */
  readonly cellSeconds: number;
  /** How long all cells of a notebook may take together. */
  readonly seconds: number;
  /** Megabytes of JavaScript objects that an answer may hold. */
  readonly megabytes: number;
  readonly signal: AbortSignal;
}

/** More than a verdict takes. */
const MOST_OUTPUT = 100_000;

/**
 * Judges one answer, in a folder, a Redis and a process of its own, and leaves nothing of them.
 *
 * @param user whose rights it has; undefined: those of this process
 */
export async function gradeAnswer(
  exercise: Exercise,
  answer: string,
  options: GradeOptions,
  user: OwnUser | undefined,
): Promise<Verdict> {
  const { root, signal } = options;
  signal.throwIfAborted();
  const guarded = guardedFolder("redis-lab-grade");
  const { path: folder } = guarded;
  try {
    for (const beside of ["pictures", "programs"]) {
      await cp(join(root, "notebooks", beside), join(folder, beside), { recursive: true });
    }
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    // Found before the project's own one.
    await mkdir(join(folder, ".lab"));
    for (const path of [folder, join(folder, ".lab")]) await user?.own(path);
    return await judge(exercise, answer, options, user, guarded);
  } finally {
    await user?.endAll();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    await guarded.release();
  }
}

async function judge(
  exercise: Exercise,
  answer: string,
  { root, redis, cellSeconds, seconds, megabytes, signal }: GradeOptions,
  user: OwnUser | undefined,
  guarded: ReturnType<typeof guardedFolder>,
): Promise<Verdict> {
  const secret = randomBytes(12).toString("hex");
  const { text, judging } = gradedNotebook(exercise, answer, `judge_${secret}`);
  const token = randomBytes(12).toString("hex");
  const file = join(guarded.path, `${exercise.stem}.ipynb`);
  const order: Order = { file, text, judging, token, redis, root, cellSeconds, seconds };
  const script = createRequire(import.meta.url).resolve("./judge-one.js");
  const command = [process.execPath, `--max-old-space-size=${megabytes}`, script];
  const [program = "", ...args] = user?.command(command) ?? command;
  const child = GuardedProcess.start(program, args, {
    cwd: guarded.path,
    // Nothing of the teacher's environment: it may hold secrets.
    env: {
      PATH: process.env["PATH"],
      HOME: guarded.path,
      TMPDIR: guarded.path,
      NODE_OPTIONS: `--max-old-space-size=${megabytes}`,
      ...guarded.owner,
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.child.stdin?.on("error", () => {}).end(JSON.stringify(order));
  let output = "";
  child.child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    output = (output + part).slice(-MOST_OUTPUT);
  });
  const stop = () => void child.stop({ quiet: 0, term: 1000 });
  signal.addEventListener("abort", stop, { once: true });
  // The kernel's start, the clearing up, and what a stopped process needs.
  const inTime = await settlesWithin(child.exited, (seconds + 60) * 1000);
  signal.removeEventListener("abort", stop);
  if (!inTime) await child.stop({ quiet: 0, term: 1000 });
  signal.throwIfAborted();
  return (
    verdictIn(output, token) ??
    (inTime
      ? {
          kind: "stopped",
          reason: "It printed too much, took too much memory, or ended the grader.",
        }
      : { kind: "too-long", reason: "It did not end, nor could it be interrupted." })
  );
}

function verdictIn(output: string, token: string): Verdict | undefined {
  for (const line of output.split("\n").toReversed()) {
    if (!line.includes(token)) continue;
    return (JSON.parse(line) as { verdict: Verdict }).verdict;
  }
  return undefined;
}
