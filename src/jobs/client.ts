import { randomUUID } from "node:crypto";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import {
  checkPayload,
  checkResult,
  QUEUE_NAMES,
  queueOf,
  type JobName,
  type PayloadOf,
  type QueueName,
  type ResultOf,
} from "./contract.js";
import { QueueUnavailableError } from "./errors.js";
import { newestEvent, QueueListener, retryStrategy } from "./queue-listener.js";
import { jobSettings, KEEP_SECONDS, PREFIX } from "./settings.js";
import { taskStatus, type Progress, type TaskStatus } from "./status.js";

export interface ClientOptions {
  /** Default: see `jobSettings`. */
  readonly redisUrl?: string;
  /** Where the keys of the queues begin; default `lab:jobs`. */
  readonly prefix?: string;
}

export interface EnqueueOptions {
  /** Of the job, random unless given. One that is known already is not queued again. */
  readonly id?: string;
}

/** A job that was put into a queue. */
export interface JobHandle<N extends JobName = JobName> {
  readonly id: string;
  readonly name: N;
}

/** How long Redis may be away, in milliseconds. */
const AWAY_MS = 5000;
/** How long a Redis that is there may take to answer, since it may have much to do. */
const ANSWER_MS = 30_000;

/** Puts jobs into the queues and tells how they do. One for a process is enough. */
export class JobClient {
  readonly #url: string;
  readonly #prefix: string;
  readonly #connection: Redis;
  readonly #queues = new Map<QueueName, Queue>();
  readonly #listeners = new Map<QueueName, Promise<QueueListener>>();
  #lastError: Error | undefined;

  constructor(options: ClientOptions = {}) {
    this.#url = options.redisUrl ?? jobSettings().redisUrl;
    this.#prefix = options.prefix ?? PREFIX;
    this.#connection = new Redis(this.#url, {
      connectionName: "jobs",
      connectTimeout: AWAY_MS,
      // A command fails soon where Redis is gone, and the connection goes on trying to come back.
      maxRetriesPerRequest: 2,
      retryStrategy,
    });
    this.#connection.on("error", this.#onError);
  }

  readonly #onError = (error: Error) => {
    this.#lastError = error;
  };

  /**
   * Puts a job into its queue.
   *
   * @returns its id, for `awaitResult` and `status`
   * @throws {InvalidPayloadError} when the payload is not what the contract says
   * @throws {QueueUnavailableError} within 5 seconds when Redis does not answer
   */
  async enqueue<N extends JobName>(
    name: N,
    payload: PayloadOf<N>,
    { id = randomUUID() }: EnqueueOptions = {},
  ): Promise<JobHandle<N>> {
    const checked = checkPayload(name, payload);
    await this.#answered(this.queue(queueOf(name)).add(name, checked, { jobId: id }));
    return { id, name };
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

  /** The queue itself, for a dashboard. */
  queue(name: QueueName): Queue {
    const known = this.#queues.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: this.#connection,
      prefix: this.#prefix,
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
    this.#connection.disconnect();
  }

  #listener(name: QueueName): Promise<QueueListener> {
    const known = this.#listeners.get(name);
    if (known) return known;
    const open = async () => {
      const after = await this.#answered(newestEvent(this.#connection, this.#prefix, name));
      return new QueueListener(this.queue(name), {
        redisUrl: this.#url,
        prefix: this.#prefix,
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
      const giveUp = (milliseconds: number) => {
        const reason = this.#lastError?.message ?? `no answer within ${milliseconds} ms`;
        reject(new QueueUnavailableError(new URL(this.#url).host, reason));
      };
      timer = setTimeout(() => {
        if (this.#connection.status !== "ready") giveUp(AWAY_MS);
        else timer = setTimeout(() => giveUp(ANSWER_MS), ANSWER_MS - AWAY_MS);
      }, AWAY_MS);
    });
    try {
      return await Promise.race([this.#mended(reply), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What ioredis says when it has given up tells nothing about Redis. */
  async #mended<T>(reply: Promise<T>): Promise<T> {
    try {
      return await reply;
    } catch (error) {
      if ((error as Error).name !== "MaxRetriesPerRequestError") throw error;
      const { message } = this.#lastError ?? (error as Error);
      throw new QueueUnavailableError(new URL(this.#url).host, message, { cause: error });
    }
  }
}
