import { settlesWithin } from "guarded-processes/time-limit";
import {
  bullConnection,
  isBucket,
  JobClient,
  openStorage,
  parseRedisUrl,
  queuePrefix,
  RedisWatch,
  type QueueName,
} from "redis-lab-jobs";
import { listenForCancels } from "./listen-for-cancels.js";
import type { Logger } from "./log.js";
import { Metrics, serveMetrics } from "./metrics.js";
import { about, openWorker } from "./open-worker.js";
import type { Process } from "./process-job.js";
import type { WorkerSettings } from "./settings.js";
import { openUpkeep } from "./upkeep.js";
import { StorageTrouble } from "./storage-trouble.js";

/** Arithmetic and forms take no time, so that what counts is how many jobs are on their way at once. */
const LIGHT_AT_A_TIME = 50;
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
 * @throws {SettingError | OtherStorageError} when its media is not where the page's is
 * @throws {Error} when the port for metrics is in use
 */
export async function startWorker(settings: WorkerSettings, log: Logger): Promise<RunningWorker> {
  const { redisUrl, mediaRoot, keepSeconds, metricsPort } = settings;
  const target = parseRedisUrl(redisUrl);
  const prefix = queuePrefix(target, settings.prefix);
  const storage = await openStorage(mediaRoot);
  // A folder that cannot be used is told at once, whether Redis is there or not.
  if (!isBucket(mediaRoot)) await storage.prepare();
  const closing = new AbortController();
  const watch = new RedisWatch(target, prefix, {
    onTrouble: ({ kind, sentence }) => {
      // Connections that are closed at the end report that they are.
      if (closing.signal.aborted && kind === "away") return;
      log.error({ trouble: kind }, `${sentence} Waiting for it.`);
    },
    onOver: (ms) => log.info({ seconds: Math.round(ms / 100) / 10 }, "Redis is back"),
  });
  const { eviction } = await watch.usable();
  if (eviction !== "" && eviction !== "noeviction") {
    log.warn(
      `maxmemory-policy of Redis is ${eviction}: set it to noeviction, or jobs may be lost.`,
    );
  }
  const client = new JobClient({ redisUrl, prefix, onError: (error) => watch.report(error) });
  const storageTrouble = new StorageTrouble(log);
  const close = async () => {
    storage.close();
    await Promise.all([client.close(), watch.close()]);
  };
  try {
    await storageTrouble.untilOver(() => client.claimStorage(storage));
  } catch (error) {
    await close();
    throw error;
  }
  const unable = await storage.expireAfter(keepSeconds);
  if (unable !== undefined) log.info({ reason: unable }, "the bucket keeps no rules of expiry");
  const metrics = new Metrics(client);
  const served =
    metricsPort === 0
      ? undefined
      : await serveMetrics(metrics, metricsPort).catch(async (error: unknown) => {
          await close();
          throw error;
        });
  const stopping = new AbortController();
  const process: Process = {
    storage,
    storageRetryMs: settings.storageRetryMs,
    stateOf: (id) => client.queue("thumbnails").getJobState(id),
    onStorageAway: (error) => storageTrouble.tell(error),
    stopping: stopping.signal,
    isRedisTrouble: (error) => watch.report(error),
    onUnexpected: (error, job) => log.error({ err: error, ...about(job) }, "unexpected failure"),
  };
  const connection = bullConnection(target, "worker");
  const parts = { settings, prefix, log, metrics, process, watch, connection, storageTrouble };
  const open = (queue: QueueName, concurrency: number) =>
    openWorker(queue, concurrency, { ...parts, closing: closing.signal });
  const workers = [
    open("thumbnails", settings.concurrency),
    open("arithmetic", LIGHT_AT_A_TIME),
    open("forms", LIGHT_AT_A_TIME),
  ];
  workers.push(
    openUpkeep({ client, storage, keepSeconds, log, watch, connection, closing: closing.signal }),
  );
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));

  const endCancels = listenForCancels(target, prefix, workers, (error) => watch.report(error));

  const stop = async () => {
    endCancels();
    closing.abort();
    const closed = Promise.all(workers.map((worker) => worker.close()));
    let isDone = await settlesWithin(closed, settings.stopMs);
    if (!isDone) {
      log.warn("handing back the jobs that are not finished");
      stopping.abort(new Error("The worker is stopping."));
      isDone = await settlesWithin(closed, CLOSE_MS);
    }
    connection.close();
    const rest = Promise.all([served?.close(), close()]);
    await settlesWithin(rest, CLOSE_MS);
    return isDone;
  };
  let stopped: Promise<boolean> | undefined;
  return { metricsUrl: served?.url, stop: () => (stopped ??= stop()) };
}
