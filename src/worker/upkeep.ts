import type { Job } from "bullmq";
import {
  QUEUE_NAMES,
  telemetry,
  UPKEEP,
  type BullConnection,
  type JobClient,
  type RedisWatch,
  type Storage,
} from "redis-lab-jobs";
import { sweep, type Swept } from "./expiry.js";
import type { Logger } from "./log.js";
import { PatientWorker } from "./patient-worker.js";

/** At three in the morning, by the clock of the worker that asks for it. */
const NIGHTLY = "0 3 * * *";
const SWEEP_MS = 10 * 60_000;
/** How many reports the dashboard shows. */
const KEPT = { count: 30 };

export interface Upkeep {
  readonly client: JobClient;
  readonly storage: Storage;
  readonly keepSeconds: number;
  readonly log: Logger;
  readonly watch: RedisWatch;
  readonly connection: BullConnection;
  readonly closing: AbortSignal;
}

/** What the dashboard shows of a nightly run. */
interface Report extends Swept {
  readonly queues: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Removes what has expired every ten minutes, and reports every night: by schedules in Redis, so that
 * one worker does it for all. The schedules stand on the dashboard, in a queue of their own.
 */
export function openUpkeep(upkeep: Upkeep): PatientWorker {
  const { client, keepSeconds, log, watch, connection, closing } = upkeep;
  const queue = client.queue(UPKEEP);
  const options = { attempts: 2, removeOnComplete: KEPT, removeOnFail: KEPT };
  const schedules = async () => {
    const often = Math.min(SWEEP_MS, keepSeconds * 1000);
    const cleanUp = { name: "clean-up", opts: options };
    await queue.upsertJobScheduler("clean-up", { every: often }, cleanUp);
    const report = { name: "report", opts: options };
    await queue.upsertJobScheduler("nightly-report", { pattern: NIGHTLY }, report);
  };
  // Those of another worker, or of an earlier start, are the same.
  schedules().catch((error: unknown) => {
    if (!watch.report(error)) log.warn({ err: error }, "could not set the schedules");
  });
  const traces = telemetry();
  const worker = new PatientWorker(
    UPKEEP,
    (job: Job) => done(job.name, upkeep),
    {
      ...(traces && { telemetry: traces }),
      connection: connection.connection,
      prefix: client.prefix,
      concurrency: 1,
      runRetryDelay: 1000,
      skipVersionCheck: true,
    },
    { watch, closing },
  );
  worker.on("failed", (job, error) =>
    log.warn({ job: job?.name, reason: error.message }, "failed"),
  );
  worker.on("error", (error) => {
    if (!watch.report(error)) log.error({ queue: UPKEEP, err: error }, "error");
  });
  return worker;
}

async function done(name: string, { client, storage, keepSeconds, log }: Upkeep) {
  const swept = await sweep(client, storage, keepSeconds);
  if (swept.jobs + swept.files > 0) log.info(swept, "expired");
  if (name !== "report") return swept;
  const counts = await Promise.all(
    QUEUE_NAMES.map(async (queue) => [queue, await client.queue(queue).getJobCounts()] as const),
  );
  const report: Report = { ...swept, queues: Object.fromEntries(counts) };
  log.info(report, "nightly report");
  return report;
}
