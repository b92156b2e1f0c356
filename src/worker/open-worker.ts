import { hostname } from "node:os";
import type { Job, Worker } from "bullmq";
import {
  telemetry,
  type BullConnection,
  type QueueName,
  type RedisWatch,
  type Storage,
} from "redis-lab-jobs";
import type { Logger } from "./log.js";
import type { Metrics } from "./metrics.js";
import { PatientWorker } from "./patient-worker.js";
import { processJob, type Process } from "./process-job.js";
import type { WorkerSettings } from "./settings.js";
import type { StorageTrouble } from "./storage-trouble.js";
import { tellStalled } from "./tell-stalled.js";

/** A job that ends its worker's process so often is given up. */
const MAX_TAKEN_OVER = 5;

export interface WorkerParts {
  readonly settings: WorkerSettings;
  readonly prefix: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly process: Process;
  readonly watch: RedisWatch;
  readonly connection: BullConnection;
  readonly closing: AbortSignal;
  readonly storageTrouble: StorageTrouble;
}

/** Takes the jobs of one queue, and tells what becomes of each. */
export function openWorker(
  queue: QueueName,
  concurrency: number,
  {
    settings,
    prefix,
    log,
    metrics,
    process: work,
    watch,
    connection,
    closing,
    storageTrouble,
  }: WorkerParts,
): Worker {
  const { lockMs, picturesPerMinute = 0 } = settings;
  const isLimited = queue === "thumbnails" && picturesPerMinute > 0;
  const traces = telemetry();
  const options = {
    ...(traces && { telemetry: traces }),
    connection: connection.connection,
    prefix,
    name: `${hostname()}:${process.pid}`,
    concurrency,
    ...(isLimited && { limiter: { max: picturesPerMinute, duration: 60_000 } }),
    lockDuration: lockMs,
    stalledInterval: lockMs / 3,
    maxStalledCount: MAX_TAKEN_OVER,
    runRetryDelay: 1000,
    skipVersionCheck: true,
  };
  const worker = new PatientWorker(
    queue,
    (job, token, lost) => processJob(job, token, lost, work),
    options,
    { watch, closing },
  );
  worker.on("active", (job) => {
    if (job.attemptsStarted <= 1) {
      metrics.begun(job.name, ((job.processedOn ?? 0) - job.timestamp) / 1000);
    }
    log.debug(about(job), "started");
  });
  worker.on("completed", (job) => {
    const ms = tookMs(job);
    metrics.count(job.name, "completed", ms / 1000);
    if (job.name === "make-thumbnails") storageTrouble.over();
    log.info({ ...about(job), ms }, "done");
    forgetPicture(job, work.storage, log);
  });
  worker.on("failed", (job, error) => {
    if (job === undefined) return;
    const ms = tookMs(job);
    // BullMQ sets it only when there is no further attempt.
    const isFinal = job.finishedOn !== undefined;
    metrics.count(job.name, isFinal ? "failed" : "retried", ms / 1000);
    const reason = error.message;
    if (isFinal) log.warn({ ...about(job), ms, reason }, "failed");
    else log.warn({ ...about(job), ms, reason, attempt: job.attemptsMade }, "will be tried again");
    if (isFinal) forgetPicture(job, work.storage, log);
  });
  tellStalled(worker, queue, log);
  worker.on("error", (error) => {
    if (!watch.report(error)) log.error({ queue, err: error }, "error");
  });
  return worker;
}

/** Only now: a job that was done, but whose end Redis did not hear of, is done again. */
function forgetPicture(job: Job, storage: Storage, log: Logger): void {
  const { file } = job.data as { file?: unknown };
  if (job.name !== "make-thumbnails" || typeof file !== "string") return;
  storage
    .remove(file)
    .catch((error: unknown) => log.warn({ err: error, ...about(job) }, "picture not removed"));
}

/** What a line of the log tells of a job. */
export const about = ({ name, id }: Job) => ({ job: name, id });
const tookMs = (job: Job) => Date.now() - (job.processedOn ?? Date.now());
