import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JobClient } from "redis-lab-jobs";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { WORKER_ENV } from "redis-lab-worker/settings";
import { countDone, enqueueUpTo, type Asked } from "./ask-jobs.js";
import { inspectResults, type Findings } from "./inspect-results.js";
import { PersistentRedis } from "./persistent-redis.js";

export interface ChaosOptions {
  /** The project's folder; the worker must be built. */
  readonly root: string;
  /** redis-server or valkey-server. */
  readonly program: string;
  /** An empty folder, for Redis's data, pictures and zips. */
  readonly folder: string;
  readonly picture: Buffer;
  readonly jobs: number;
  readonly kills: number;
  readonly log: (line: string) => void;
}

/** How long all may take after the last kill, in milliseconds. */
const LIMIT_MS = 300_000;
const LOCK_SECONDS = 3;
/** The worker is killed at a random moment so long after it has done something. */
const KILL_MS = 500;

/**
 * Lets a worker do jobs, kills it with -9 at random moments and starts another each time, and
 * restarts Redis once in the middle. Then looks at what became of each job.
 */
export async function runChaos(options: ChaosOptions): Promise<Findings> {
  const { root, program, folder, jobs, kills, log } = options;
  const mediaRoot = join(folder, "media");
  await mkdir(join(folder, "redis"));
  const redis = await PersistentRedis.start(program, join(folder, "redis"));
  const env = {
    ...WORKER_ENV,
    ...process.env,
    REDIS_URL: redis.url,
    MEDIA_ROOT: mediaRoot,
    LOCK_SECONDS: String(LOCK_SECONDS),
    LOG_LEVEL: "silent",
  };
  const startWorker = () =>
    GuardedProcess.start(process.execPath, [join(root, "dist", "scripts", "worker.js")], {
      env,
      stdio: "ignore",
    });
  const client = new JobClient({ redisUrl: redis.url });
  let worker = startWorker();
  try {
    const asked: Asked[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      // A part of the jobs for each kill, so that it finds some at work.
      const asking = enqueueUpTo(
        Math.ceil((jobs * kill) / kills),
        client,
        mediaRoot,
        options,
        asked,
      );
      await untilSomeAreDone(client);
      await sleep(Math.random() * KILL_MS);
      worker.signal("SIGKILL");
      await worker.stop();
      worker = startWorker();
      await asking;
      log(`killed ${kill} of ${kills}; ${await countDone(client)} of ${jobs} jobs are done`);
      if (kill === Math.ceil(kills / 2)) {
        await redis.restart();
        log("Redis was restarted");
      }
    }
    for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; await sleep(200)) {
      if ((await countDone(client)) >= jobs) break;
    }
    // The pictures are deleted after the end of their jobs was told.
    await sleep(500);
    return await inspectResults(client, mediaRoot, asked);
  } finally {
    await worker.stop({ term: 15_000 });
    await client.close();
    await redis.stop();
  }
}

/** The new worker is up when it has done something; a slow machine needs seconds for that. */
async function untilSomeAreDone(client: JobClient): Promise<void> {
  const before = await countDone(client);
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(20)) {
    if ((await countDone(client)) > before) return;
  }
}
