import { hostname } from "node:os";
import { rm } from "node:fs/promises";
import type { Job, Worker } from "bullmq";
import {
  bullConnection,
  JobClient,
  mediaPath,
  parseRedisUrl,
  queuePrefix,
  RedisWatch,
  type BullConnection,
  type QueueName,
} from "redis-lab-jobs";
import { sweep } from "./expiry.js";
import type { Logger } from "./log.js";
import { Metrics, serveMetrics } from "./metrics.js";
import { PatientWorker } from "./patient-worker.js";
import { processJob, type Process } from "./process-job.js";
import type { WorkerSettings } from "./settings.js";

/** Arithmetic takes no time, so that what counts is how many jobs are on their way at once. */
const ARITHMETIC_AT_A_TIME = 50;
/** A job that ends its worker's process so often is given up. */
const MAX_TAKEN_OVER = 5;
const SWEEP_MS = 10 * 60_000;
/** How long saying good-bye to Redis may take, in milliseconds. */
const CLOSE_MS = 2000;

export interface RunningWorker {
  /** Where /metrics is, if anywhere. */
  readonly metricsUrl: string | undefined;
  /**
   * Takes no more jobs, finishes those at work, or hands them back when the time is up. May be
   * called again.
   *
   * @returns whether all jobs were finished or handed back
   */
  stop(): Promise<boolean>;
}

/**
 * Starts a worker in this process for all jobs of the contract, and waits until it takes some. It
 * survives a Redis that goes away, or refuses, and comes back.
 *
 * @throws {RedisUnusableError} within 3 s for what only other settings can mend
 * @throws {Error} when the port for metrics is in use
 */
export async function startWorker(settings: WorkerSettings, log: Logger): Promise<RunningWorker> {
  const { redisUrl, mediaRoot, keepSeconds, metricsPort } = settings;
  const target = parseRedisUrl(redisUrl);
  const prefix = queuePrefix(target, settings.prefix);
  const watch = new RedisWatch(target, prefix, {
    onTrouble: ({ kind, sentence }) => log.error({ trouble: kind }, `${sentence} Waiting for it.`),
    onOver: (ms) => log.info({ seconds: Math.round(ms / 100) / 10 }, "Redis is back"),
  });
  const { eviction } = await watch.usable();
  if (eviction !== "" && eviction !== "noeviction") {
    log.warn(
      `maxmemory-policy of Redis is ${eviction}: set it to noeviction, or jobs may be lost.`,
    );
  }
  const client = new JobClient({ redisUrl, prefix, onError: (error) => watch.report(error) });
  const metrics = new Metrics(client);
  const served =
    metricsPort === 0
      ? undefined
      : await serveMetrics(metrics, metricsPort).catch(async (error: unknown) => {
          await Promise.all([client.close(), watch.close()]);
          throw error;
        });
  const closing = new AbortController();
  const stopping = new AbortController();
  const process: Process = {
    mediaRoot,
    stopping: stopping.signal,
    isRedisTrouble: (error) => watch.report(error),
    onUnexpected: (error, job) => log.error({ err: error, ...about(job) }, "unexpected failure"),
  };
  const connection = bullConnection(target, "worker");
  const parts = { settings, prefix, log, metrics, process, watch, connection };
  const open = (queue: QueueName, concurrency: number) =>
    openWorker(queue, concurrency, { ...parts, closing: closing.signal });
  const workers = [
    open("thumbnails", settings.concurrency),
    open("arithmetic", ARITHMETIC_AT_A_TIME),
  ];
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));

  let sweeping = Promise.resolve();
  const sweepNow = () => {
    sweeping = sweep(client, mediaRoot, keepSeconds).then(
      ({ jobs, files }) => {
        if (jobs + files > 0) log.info({ jobs, files }, "expired");
      },
      (error: unknown) => {
        if (!watch.report(error)) log.warn({ err: error }, "could not remove what has expired");
      },
    );
  };
  sweepNow();
  // Not all workers at once.
  const timer = setInterval(sweepNow, SWEEP_MS * (0.9 + 0.2 * Math.random())).unref();

  const stop = async () => {
    clearInterval(timer);
    closing.abort();
    const closed = Promise.all([sweeping, ...workers.map((worker) => worker.close())]).then(
      () => true,
    );
    let isDone = await Promise.race([closed, after(settings.stopMs)]);
    if (!isDone) {
      log.warn("handing back the jobs that are not finished");
      stopping.abort(new Error("The worker is stopping."));
      isDone = await Promise.race([closed, after(CLOSE_MS)]);
    }
    connection.close();
    const rest = Promise.all([served?.close(), client.close(), watch.close()]);
    await Promise.race([rest, after(CLOSE_MS)]);
    return isDone;
  };
  let stopped: Promise<boolean> | undefined;
  return { metricsUrl: served?.url, stop: () => (stopped ??= stop()) };
}

interface WorkerParts {
  readonly settings: WorkerSettings;
  readonly prefix: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly process: Process;
  readonly watch: RedisWatch;
  readonly connection: BullConnection;
  readonly closing: AbortSignal;
}

function openWorker(
  queue: QueueName,
  concurrency: number,
  { settings, prefix, log, metrics, process: work, watch, connection, closing }: WorkerParts,
): Worker {
  const { lockMs } = settings;
  const options = {
    connection: connection.connection,
    prefix,
    name: `${hostname()}:${process.pid}`,
    concurrency,
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
    log.info({ ...about(job), ms }, "done");
    forgetPicture(job, settings.mediaRoot, log);
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
    if (isFinal) forgetPicture(job, settings.mediaRoot, log);
  });
  worker.on("stalled", (id) => log.warn({ queue, id }, "taken over from a worker that is gone"));
  worker.on("error", (error) => {
    if (!watch.report(error)) log.error({ queue, err: error }, "error");
  });
  return worker;
}

/** Only now: a job that was done, but whose end Redis did not hear of, is done again. */
function forgetPicture(job: Job, mediaRoot: string, log: Logger): void {
  const { file } = job.data as { file?: unknown };
  if (job.name !== "make-thumbnails" || typeof file !== "string") return;
  const forget = async () => rm(mediaPath(mediaRoot, file), { force: true });
  forget().catch((error: unknown) =>
    log.warn({ err: error, ...about(job) }, "picture not removed"),
  );
}

const about = ({ name, id }: Job) => ({ job: name, id });
const tookMs = (job: Job) => Date.now() - (job.processedOn ?? Date.now());

function after(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, false).unref());
}
