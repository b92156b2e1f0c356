import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { JobClient, JobFailedError, storeIncoming } from "redis-lab-jobs";
import { findRedis, openRedis } from "redis-lab-start/redis/redis";
import { startWorker } from "redis-lab-start/services/job-services";
import { oddFiles } from "./hostile/odd-files.js";
import { brokenZip, filesIn } from "./chaos/inspect-results.js";

// Sends broken, forged, huge and strange files to one worker: each must end as a clear failure or a
// right zip, and the worker must live and stay small.
// Usage: npm run bench:hostile [-- FILES SEED]. Exit status 1 when one did not.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [count = 200, seed = 1] = process.argv.slice(2).map(Number);
const MAX_MB = 500;
const LIMIT_MS = 300_000;

const folder = await mkdtemp(join(tmpdir(), "redis-lab-hostile-"));
const redis = await openRedis(await findRedis({ root, env: process.env, log: console.error }));
const env = { ...process.env, REDIS_URL: redis.url, MEDIA_ROOT: folder };
const worker = await startWorker({ env });
let lives = true;
void worker.exited.then(() => (lives = false));
const client = new JobClient({ redisUrl: redis.url });
try {
  const files = await oddFiles(count, seed);
  const reasons = new Map<string, number>();
  const bad: string[] = [];
  const sizes = [128, 2000].map((edge) => ({ width: edge, height: edge }));
  await Promise.all(
    files.map(async ({ what, name, bytes }) => {
      const file = await storeIncoming(folder, bytes);
      const job = await client.enqueue("make-thumbnails", { file, name, sizes });
      let outcome = "right zip";
      try {
        await client.awaitResult(job, LIMIT_MS);
        const status = await client.status(job.id);
        const broken = status && (await brokenZip(status, folder, sizes.length + 1));
        if (broken) bad.push(`${what}: ${broken}`);
      } catch (error) {
        outcome = (error as Error).message;
        const isClear = error instanceof JobFailedError && !/unexpected|stalled/.test(outcome);
        if (!isClear) bad.push(`${what}: ${outcome}`);
      }
      reasons.set(outcome, (reasons.get(outcome) ?? 0) + 1);
    }),
  );
  const status = await readFile(`/proc/${worker.pid}/status`, "utf8").catch(() => "");
  const peak = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  const left = [
    ...(await filesIn(join(folder, "working"))),
    ...(await filesIn(join(folder, "incoming"))),
  ];
  for (const [reason, times] of reasons) console.log(`${String(times).padStart(5)}  ${reason}`);
  console.log(`${count} files: ${bad.length} ended badly, ${left.length} left behind`);
  console.log(`the worker ${lives ? "lives" : "DIED"}, at most ${peak.toFixed(0)} MB`);
  for (const line of bad) console.log(`    ${line}`);
  process.exitCode = bad.length === 0 && lives && !(peak > MAX_MB) ? 0 : 1;
} finally {
  await client.close();
  await worker.stop();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
}
