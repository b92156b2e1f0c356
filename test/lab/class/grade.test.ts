import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readExercises } from "#lab/class/exercises.js";
import type * as Grading from "#lab/class/grade-answer.js";
import type * as Users from "#lab/class/own-user.js";
import type { Verdict } from "#lab/class/verdict.js";
import { findRedis } from "#lab/redis/redis.js";
import { root } from "../../root.js";
import { built } from "../fixtures.js";

// Built, because the judge is a process of its own. `npm run bench:class` grades thirty hand-ins.
const { gradeAnswer } = (await import(built("lab/class/grade-answer.js"))) as typeof Grading;
const { ownUser } = (await import(built("lab/class/own-user.js"))) as typeof Users;

const exercise = (await readExercises(join(root, "notebooks"))).find(({ id }) => id === "1.1/1")!;
const { REDIS_URL: _shared, ...env } = process.env;
const redis = await findRedis({ root, env, log: () => {} });

async function grade(answer: string, number: number): Promise<Verdict> {
  const { signal } = new AbortController();
  const limits = { cellSeconds: 5, seconds: 40, megabytes: 512 };
  const user = await ownUser(number, [root, process.execPath]);
  return gradeAnswer(exercise, answer, { root, redis, ...limits, signal }, user);
}

test("a right answer is solved; what another prints and patches does not count, and nothing is left", async () => {
  const name = /, (\w+)$/.exec(exercise.args)?.[1];
  const before = await left();
  const right = `const ${name} = (text: string) => redis.ping(text);`;
  const forged = `// @ts-nocheck
const ${name} = () => 1;
console.log("✔ correct");
const find = (await import("node:module")).createRequire(process.cwd() + "/");
for (const [file, { exports }] of Object.entries(find.cache)) {
  if (!/lib.dist/.test(file)) continue;
  for (const key of Object.keys(exports)) try { exports[key] = async () => {}; } catch {}
}
globalThis.check = async () => {};`;
  const verdicts = await Promise.all([grade(right, 90), grade(forged, 91)]);
  expect(verdicts).toEqual([
    { kind: "solved", reason: "" },
    { kind: "not-yet", reason: expect.stringMatching(/^Not yet\. The reply should be the text/) },
  ]);
  expect(await left()).toEqual(before);
});

const left = async () => (await readdir(tmpdir())).filter((name) => /redis-lab-grade/.test(name));
