import { randomUUID } from "node:crypto";
import { Queue, QueueEvents } from "bullmq";
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
import { JobFailedError, QueueUnavailableError, TimeoutError, UnknownJobError } from "./errors.js";
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

/** How long Redis may take to answer, in milliseconds. */
const ANSWER_MS = 5000;

const retryStrategy = (attempt: number) => Math.min(attempt * 100, 1000);

/** Puts jobs into the queues and tells how they do. One for a process is enough. */
export class JobClient {
  readonly #url: string;
  readonly #prefix: string;
  readonly #connection: Redis;
  readonly #queues = new Map<QueueName, Queue>();
  readonly #events = new Map<QueueName, QueueEvents>();
  #lastError: Error | undefined;

  constructor(options: ClientOptions = {}) {
    this.#url = options.redisUrl ?? jobSettings().redisUrl;
    this.#prefix = options.prefix ?? PREFIX;
    this.#connection = new Redis(this.#url, {
      connectionName: "jobs",
      connectTimeout: ANSWER_MS,
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
    const { id, name } = job;
    const queue = queueOf(name);
    const events = this.#eventsOf(queue);
    let end = () => {};
    const result = new Promise<unknown>((resolve, reject) => {
      const completed = ({ returnvalue }: { returnvalue: unknown }) => resolve(returnvalue);
      const failed = ({ failedReason }: { failedReason: string }) =>
        reject(new JobFailedError(name, id, failedReason));
      const late = setTimeout(() => {
        const hint = " No worker may be running: `npm run worker` starts one.";
        reject(new TimeoutError(`The result of ${name}`, limitMs, hint));
      }, limitMs);
      const listening = events as unknown as NodeJS.EventEmitter;
      listening.on(`completed:${id}`, completed).on(`failed:${id}`, failed);
      end = () => {
        clearTimeout(late);
        listening.off(`completed:${id}`, completed).off(`failed:${id}`, failed);
      };
      // It may have ended before anyone listened.
      this.#endedAlready(job).then((ended) => ended && resolve(ended.value), reject);
    });
    try {
      return checkResult(name, await result);
    } finally {
      end();
    }
  }

  async #endedAlready({ id, name }: JobHandle): Promise<{ value: unknown } | undefined> {
    const queue = queueOf(name);
    await this.#eventsOf(queue).waitUntilReady();
    const job = await this.#answered(this.queue(queue).getJob(id));
    if (job === undefined) throw new UnknownJobError(id);
    if (job.finishedOn === undefined) return undefined;
    const state = await this.#answered(job.getState());
    if (state === "failed") throw new JobFailedError(name, id, job.failedReason);
    return state === "completed" ? { value: job.returnvalue } : undefined;
  }

  /**
   * Tells how a job is doing.
   *
   * @returns undefined for an id that is not known
   * @throws {QueueUnavailableError} within 5 seconds when Redis does not answer
   */
  async status(id: string): Promise<TaskStatus | undefined> {
    for (const name of QUEUE_NAMES) {
      const job = await this.#answered(this.queue(name).getJob(id));
      if (job !== undefined) return this.#answered(taskStatus(job));
    }
    return undefined;
  }

  /**
   * Calls back with each progress of a job, until the function returned is called.
   *
   * @returns ends it
   */
  onProgress({ id, name }: JobHandle, callback: (progress: Progress) => void): () => void {
    const events = this.#eventsOf(queueOf(name));
    const listener = ({ jobId, data }: { jobId: string; data: unknown }) => {
      if (jobId === id) callback(data as Progress);
    };
    events.on("progress", listener);
    return () => events.off("progress", listener);
  }

  /** Forgets a job that has finished; one at work stays. */
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
    const parts = [...this.#events.values(), ...this.#queues.values()];
    await Promise.all(parts.map((part) => part.close()));
    this.#connection.disconnect();
  }

  #eventsOf(name: QueueName): QueueEvents {
    const known = this.#events.get(name);
    if (known) return known;
    const connection = {
      url: this.#url,
      connectionName: "jobs:events",
      // BullMQ demands it of a connection that blocks.
      maxRetriesPerRequest: null,
      retryStrategy,
    };
    const events = new QueueEvents(name, { connection, prefix: this.#prefix });
    events.setMaxListeners(0);
    events.on("error", this.#onError);
    this.#events.set(name, events);
    return events;
  }

  /** BullMQ waits for a connection as long as it takes; a user does not. */
  async #answered<T>(reply: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const reason = () => this.#lastError?.message ?? `no answer within ${ANSWER_MS} ms`;
      timer = setTimeout(
        () => reject(new QueueUnavailableError(new URL(this.#url).host, reason())),
        ANSWER_MS,
      );
    });
    try {
      return await Promise.race([reply, late]);
    } catch (error) {
      if ((error as Error).name !== "MaxRetriesPerRequestError") throw error;
      const { message } = this.#lastError ?? (error as Error);
      throw new QueueUnavailableError(new URL(this.#url).host, message, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}
