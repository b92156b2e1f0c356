import { availableParallelism } from "node:os";
import { jobSettings, KEEP_SECONDS, numberSetting, type JobSettings } from "redis-lab-jobs";

/**
 * What a worker's process needs from its start. Without it the memory that each thread has once used
 * for a large picture stays with that thread: measured 550 MB instead of 400.
 */
export const WORKER_ENV = { MALLOC_ARENA_MAX: "2" } as const;

export interface WorkerSettings extends JobSettings {
  /** Pictures worked on at a time. */
  readonly concurrency: number;
  /** A job whose worker says nothing for so long is taken over, in milliseconds. */
  readonly lockMs: number;
  /** How long jobs may go on when the worker is told to stop, in milliseconds. */
  readonly stopMs: number;
  /** How long finished jobs and their files are kept, in seconds. */
  readonly keepSeconds: number;
  /** How long a job waits at first when storage is full or away, in milliseconds. */
  readonly storageRetryMs: number;
  /** Pictures that all workers together begin in a minute; 0 is no limit. */
  readonly picturesPerMinute?: number;
  /** Port of 127.0.0.1 for /metrics; 0 for none. */
  readonly metricsPort: number;
}

/**
 * Reads the worker's settings: REDIS_URL, REDIS_PREFIX, MEDIA_ROOT, WORKER_CONCURRENCY, LOCK_SECONDS,
 * STOP_SECONDS, KEEP_SECONDS, STORAGE_RETRY_SECONDS, PICTURES_PER_MINUTE and METRICS_PORT.
 *
 * @throws {SettingError} names the variable that is wrong, and what it takes
 */
export function workerSettings(env: NodeJS.ProcessEnv): WorkerSettings {
  const number = (variable: string, fallback: number, min: number, max: number) =>
    numberSetting(env, variable, { fallback, min, max });
  return {
    ...jobSettings(env),
    // sharp works in the four threads of libuv.
    concurrency: number("WORKER_CONCURRENCY", Math.min(availableParallelism(), 4), 1, 64),
    lockMs: number("LOCK_SECONDS", 15, 1, 3600) * 1000,
    stopMs: number("STOP_SECONDS", 10, 0, 3600) * 1000,
    keepSeconds: number("KEEP_SECONDS", KEEP_SECONDS, 60, 365 * 24 * 3600),
    storageRetryMs: number("STORAGE_RETRY_SECONDS", 10, 1, 3600) * 1000,
    picturesPerMinute: number("PICTURES_PER_MINUTE", 0, 0, 1_000_000),
    metricsPort: number("METRICS_PORT", 0, 0, 65_535),
  };
}
