import { randomUUID } from "node:crypto";
import { Queue } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import {
  checkPayload,
  checkResult,
  QUEUE_NAMES,
  queueOf,
  type UPKEEP,
  type JobName,
  type PayloadOf,
  type QueueName,
  type ResultOf,
} from "./contract.js";
import { addingOptions, type EnqueueOptions, type JobHandle } from "./enqueue-options.js";
import { QueueUnavailableError } from "./errors.js";
import { newestEvent, QueueListener } from "./queue-listener.js";
import { openRedis } from "./redis/open-redis.js";
import { parseRedisUrl, queuePrefix, type RedisTarget } from "./redis/redis-target.js";
import { reasonOf, troubleOf, type RedisTrouble } from "./redis/redis-trouble.js";
import { jobSettings, KEEP_SECONDS, PREFIX } from "./settings.js";
import { sameStorage } from "./storage/same-storage.js";
import type { Storage } from "./storage/storage.js";
import { telemetry } from "./tracing.js";
import { taskStatus, type Progress, type TaskStatus } from "./status.js";

export interface ClientOptions {
  /** Default: see `jobSettings`. */
  readonly redisUrl?: string;
  /** Where the keys of the queues begin; default `lab:jobs`. On a cluster it gets braces. */
  readonly prefix?: string;
  /** Hears each error of the connection. */
  readonly onError?: (error: Error) => void;
}

/** How long Redis may be away, in milliseconds. */
const AWAY_MS = 5000;
/** How long a Redis that is there may take to answer, since it may have much to do. */
const ANSWER_MS = 30_000;

/** Puts jobs into the queues and tells how they do. One for a process is enough. */
export class JobClient {
  readonly #target: RedisTarget;
  /** Where all keys begin. */
  readonly prefix: string;
  /** The connection itself, for what is not a queue's. */
  readonly redis: Redis | Cluster;
  readonly #tell: (error: Error) => void;
  readonly #queues = new Map<string, Queue>();
  readonly #listeners = new Map<QueueName, Promise<QueueListener>>();
  #lastError: Error | undefined;

  /** @throws {RedisUrlError} for a URL of no known form */
  constructor(options: ClientOptions = {}) {
    this.#target = parseRedisUrl(options.redisUrl ?? jobSettings().redisUrl);
    this.prefix = queuePrefix(this.#target, options.prefix ?? PREFIX);
    this.#tell = options.onError ?? (() => {});
    this.redis = openRedis(this.#target, {
      connectionName: "jobs",
      connectTimeout: AWAY_MS,
      // A command fails soon where Redis is gone, and the connection goes on trying to come back.
      maxRetriesPerRequest: 2,
    });
    this.redis.on("error", this.#onError);
  }

  readonly #onError = (error: Error) => {
    this.#lastError = error;
    this.#tell(error);
  };

  /**
   * Puts a job into its queue.
   *
   * @returns its id, for `awaitResult` and `status`; the other's where `sameAs` finds one
   * @throws {InvalidPayloadError} when the payload is not what the contract says
   * @throws {QueueUnavailableError} within 5 seconds when Redis does not answer
   */
  async enqueue<N extends JobName>(
    name: N,
    payload: PayloadOf<N>,
    options: EnqueueOptions = {},
  ): Promise<JobHandle<N>> {
    const { id = randomUUID() } = options;
    const checked = checkPayload(name, payload);
    const adding = this.queue(queueOf(name)).add(name, checked, addingOptions(id, options));
    const job = await this.#answered(adding);
    return { id: job.id ?? id, name };
  }

  /**
   * Waits for the result of a job.
   *
   * @param limitMs the limit in milliseconds; the job goes on when it is reached
   * @throws {JobFailedError} when the job failed for good, with the worker's reason
   * @throws {TimeoutError} when the time is up
   * @throws {UnknownJobError} when there is no such job
   */
  async awaitResult<N extends JobName>(job: JobHandle<N>, limitMs: number): Promise<ResultOf<N>> {
    const listener = await this.#listener(queueOf(job.name));
    const result = await this.#mended(listener.result(job, limitMs));
    return checkResult(job.name, result);
  }

  /**
   * Tells how a job is doing.
   *
   * @returns undefined for an id that is not known
   * @throws {QueueUnavailableError} within 5 seconds when Redis does not answer
   */
  async status(id: string): Promise<TaskStatus | undefined> {
    for (const name of QUEUE_NAMES) {
      const status = await this.#answered(taskStatus(this.queue(name), id));
      if (status !== undefined) return status;
    }
    return undefined;
  }

  /**
   * Calls back with each progress that a job makes from now on, until the function returned is
   * called.
   *
   * @returns ends it
   * @throws {QueueUnavailableError} within 5 seconds when Redis does not answer
   */
  async onProgress(
    { id, name }: JobHandle,
    callback: (progress: Progress) => void,
  ): Promise<() => void> {
    const listener = await this.#listener(queueOf(name));
    return listener.onProgress(id, (progress) => callback(progress as Progress));
  }

  /**
   * Forgets a job, finished or waiting.
   *
   * @throws {Error} when a worker is at work on it
   */
  async remove({ id, name }: JobHandle): Promise<void> {
    const job = await this.#answered(this.queue(queueOf(name)).getJob(id));
    await this.#answered(job?.remove() ?? Promise.resolve());
  }

  /**
   * Makes sure that page and workers keep their files in one place: see `sameStorage`.
   *
   * @throws {OtherStorageError | SettingError | StorageAwayError}
   * @throws {QueueUnavailableError} within 5 seconds when Redis does not answer
   */
  async claimStorage(storage: Storage): Promise<void> {
    await this.#answered(sameStorage(this.redis, this.prefix, storage));
  }

  /** The queue itself, for a dashboard. */
  queue(name: QueueName | typeof UPKEEP): Queue {
    const known = this.#queues.get(name);
    if (known) return known;
    const traces = telemetry();
    const queue = new Queue(name, {
      ...(traces && { telemetry: traces }),
      connection: this.redis,
      prefix: this.prefix,
      // Whether it can be used is found out elsewhere; here a refusal would be for good.
      skipVersionCheck: true,
      defaultJobOptions: {
        attempts: 5,
        // 0.5, 1, 2, 4 seconds, less up to half, so that many do not come back at once.
        backoff: { type: "exponential", delay: 500, jitter: 0.5 },
        removeOnComplete: { age: KEEP_SECONDS },
        removeOnFail: { age: KEEP_SECONDS },
      },
    });
    queue.on("error", this.#onError);
    this.#queues.set(name, queue);
    return queue;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    const listeners = await Promise.allSettled(this.#listeners.values());
    await Promise.all([
      ...listeners.map((one) => one.status === "fulfilled" && one.value.close()),
      ...[...this.#queues.values()].map((queue) => queue.close()),
    ]);
    this.redis.disconnect();
  }

  #listener(name: QueueName): Promise<QueueListener> {
    const known = this.#listeners.get(name);
    if (known) return known;
    const open = async () => {
      const after = await this.#answered(newestEvent(this.redis, this.prefix, name));
      return new QueueListener(this.queue(name), {
        target: this.#target,
        prefix: this.prefix,
        after,
        hint: "No worker may be running: `npm run worker` starts one.",
        onError: this.#onError,
      });
    };
    const opening = open();
    this.#listeners.set(name, opening);
    opening.catch(() => this.#listeners.delete(name));
    return opening;
  }

  /** BullMQ waits for a connection as long as it takes; a user does not. */
  async #answered<T>(reply: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const giveUp = (milliseconds: number) =>
        reject(this.#unavailable(this.#lastError ?? `no answer within ${milliseconds} ms`));
      timer = setTimeout(() => {
        if (this.redis.status !== "ready") giveUp(AWAY_MS);
        else timer = setTimeout(() => giveUp(ANSWER_MS), ANSWER_MS - AWAY_MS);
      }, AWAY_MS);
    });
    try {
      return await Promise.race([this.#mended(reply), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What ioredis says when it has given up tells nothing about Redis; what came before does. */
  async #mended<T>(reply: Promise<T>): Promise<T> {
    try {
      return await reply;
    } catch (error) {
      const isVague = /max retries|Connection is closed|writeable/i.test((error as Error).message);
      if (isVague) throw this.#unavailable(this.#lastError ?? error);
      if (troubleOf(error, this.#target) !== undefined) {
        this.#tell(error as Error);
        throw this.#unavailable(error);
      }
      throw error;
    }
  }

  #unavailable(cause: unknown): QueueUnavailableError {
    const error = typeof cause === "string" ? new Error(cause) : cause;
    const away = new Error(`no answer within ${AWAY_MS} ms (${reasonOf(error)})`);
    const trouble = troubleOf(error, this.#target) ?? troubleOf(away, this.#target);
    return new QueueUnavailableError(this.#target.shown, trouble as RedisTrouble, { cause: error });
  }
}
