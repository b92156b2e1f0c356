import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { JobClient } from "redis-lab-jobs";
import { WORKER_ENV } from "redis-lab-worker/settings";
import { countDone, enqueueUpTo, type Asked } from "../chaos/ask-jobs.js";
import { inspectResults, type Findings } from "../chaos/inspect-results.js";
import { Servers } from "../chaos/redis-servers.js";
import { FAULTS } from "./faults.js";

export interface FaultOptions {
  /** The project's folder; the worker must be built. */
  readonly root: string;
  /** An empty folder. */
  readonly folder: string;
  readonly picture: Buffer;
  readonly jobs: number;
  /** How long the fault lasts, in milliseconds. */
  readonly lastsMs: number;
}

export interface FaultFindings extends Findings {
  /** What the workers wrote, but for the line that each job has when it is done. */
  readonly lines: readonly string[];
  /** Ends of a worker that was started with another folder; 2 is right. */
  readonly statuses: readonly (number | null)[];
}

const LIMIT_MS = 300_000;
const WORKERS = 2;

/**
 * Lets two workers do jobs, and lets a fault happen when a quarter is done. Then looks at what became of
 * each job, and at what was written about it.
 *
 * @throws {TypeError} for a fault that is not known
 */
export async function runFault(name: string, options: FaultOptions): Promise<FaultFindings> {
  const { root, folder, picture, jobs, lastsMs } = options;
  const open = FAULTS[name];
  if (open === undefined) throw new TypeError(`There are ${Object.keys(FAULTS).join(", ")}.`);
  const servers = await Servers.in(folder, root);
  // Originals, zips, and what is being written.
  const fault = await open(servers, folder, picture.length * jobs * 2 + 8e6);
  const { redisUrl, mediaRoot } = fault;
  const lines: string[] = [];
  const statuses: (number | null)[] = [];
  const start = (place: string) => {
    const env = {
      ...process.env,
      REDIS_URL: redisUrl,
      MEDIA_ROOT: place,
      STORAGE_RETRY_SECONDS: "1",
    };
    const program = join(root, "dist", "scripts", "worker.js");
    const worker = GuardedProcess.start(process.execPath, [program], {
      env: { ...WORKER_ENV, ...env, LOCK_SECONDS: "3", LOG_LEVEL: "info" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [worker.child.stdout, worker.child.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (text: string) => {
        const parts = (rest + text).split("\n");
        rest = parts.pop() ?? "";
        lines.push(...parts.filter((line) => !line.includes('"msg":"done"')));
      });
    }
    return worker;
  };
  const client = new JobClient({ redisUrl });
  const workers = Array.from({ length: WORKERS }, () => start(mediaRoot));
  try {
    const asked: Asked[] = [];
    const asking = enqueueUpTo(jobs, client, mediaRoot, { jobs, picture }, asked);
    await untilDone(client, Math.ceil(jobs / 4));
    await asking;
    await fault.begin(async (place) => {
      statuses.push((await start(place).exited).code);
    });
    await sleep(lastsMs);
    await fault.end();
    await untilDone(client, jobs);
    // The pictures are deleted after the end of their jobs was told.
    await sleep(1000);
    return { ...(await inspectResults(client, mediaRoot, asked)), lines, statuses };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop({ term: 15_000 })));
    await client.close();
    await servers.stop();
    await fault.close?.();
  }
}

async function untilDone(client: JobClient, count: number): Promise<void> {
  for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; await sleep(100)) {
    if ((await countDone(client)) >= count) return;
  }
}
