import { chmod, readdir, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readExercises } from "#lab/class/exercises.js";
import type * as Grading from "#lab/class/grade-answer.js";
import { ownSpace } from "#lab/class/own-space.js";
import type * as Users from "#lab/class/own-user.js";
import type { Verdict } from "#lab/class/verdict.js";
import { findRedis } from "#lab/redis/redis.js";
import { root } from "../../root.js";
import { built, freshFolder } from "../fixtures.js";

// Built, because the judge is a process of its own. `npm run bench:class` grades thirty hand-ins.
const { gradeAnswer } = (await import(built("lab/class/grade-answer.js"))) as typeof Grading;
const { ownUser } = (await import(built("lab/class/own-user.js"))) as typeof Users;

const exercise = (await readExercises(join(root, "notebooks"))).find(({ id }) => id === "1.1/1")!;
const { REDIS_URL: _shared, ...env } = process.env;
const redis = await findRedis({ root, env, log: () => {} });
const handIns = freshFolder();
const space = () => ownSpace(handIns(), [root, process.execPath]);

async function grade(answer: string, number: number): Promise<Verdict> {
  const { signal } = new AbortController();
  const limits = { cellSeconds: 5, seconds: 40, megabytes: 512 };
  const user = await ownUser(number, [root, process.execPath], await space());
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

test("an answer sees neither the other hand-ins nor the network, where the system can keep it from that", async () => {
  await writeFile(join(handIns(), "ben.ipynb"), "{}");
  await chmod(handIns(), 0o755);
  const server = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  // As root, and where namespaces can be made; elsewhere `npm run grade` says what is open.
  const { hidesFolder, hasNoNetwork } = await space();
  const name = /, (\w+)$/.exec(exercise.args)?.[1];
  const answer = `// @ts-nocheck
const { readdirSync } = await import("node:fs");
const isHidden = readdirSync(${JSON.stringify(handIns())}).length === 0;
const socket = (await import("node:net")).connect(${port}, "127.0.0.1");
const isCut = await new Promise((resolve) =>
  socket.on("connect", () => resolve(false)).on("error", () => resolve(true)));
const ${name} = (text: string) =>
  redis.ping(isHidden === ${hidesFolder} && isCut === ${hasNoNetwork} ? text : "seen");`;
  const verdict = await grade(answer, 92).finally(() => server.close());
  expect(verdict).toEqual({ kind: "solved", reason: "" });
});

const left = async () => (await readdir(tmpdir())).filter((name) => /redis-lab-grade/.test(name));
