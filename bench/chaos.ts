import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findRedis } from "redis-lab-start/redis/find-redis";
import { runChaos } from "./chaos/run-chaos.js";

// Kills workers at random moments and restarts Redis, and looks whether any job was lost or done
// twice. Usage: npm run bench:chaos [-- JOBS KILLS]. Exit status 1 when something was.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [jobs = 1000, kills = 20] = process.argv.slice(2).map(Number);
// A Redis of its own, which can be restarted: never that of REDIS_URL.
const env = { ...process.env, REDIS_URL: "" };
const redis = await findRedis({ root, env, log: console.error });
if (redis.kind !== "program") throw new TypeError("A Redis server that can be started is needed.");
const folder = await mkdtemp(join(tmpdir(), "redis-lab-chaos-"));
try {
  const picture = await readFile(join(root, "notebooks", "pictures", "phone.jpg"));
  const started = performance.now();
  const { program } = redis;
  const found = await runChaos({ root, program, folder, picture, jobs, kills, log: console.log });
  const { lost, doneTwice, broken, leftBehind, begunAgain } = found;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${jobs} jobs, ${kills} kills, one restart of Redis, ${seconds} s:`);
  console.log(
    `  lost ${lost.length}, done twice ${doneTwice.length}, broken zips ${broken.length}`,
  );
  console.log(`  begun again ${begunAgain}, files left behind ${leftBehind.length}`);
  for (const line of [...lost, ...doneTwice, ...broken, ...leftBehind]) console.log(`    ${line}`);
  const isGood = lost.length + doneTwice.length + broken.length === 0;
  process.exitCode = isGood ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
