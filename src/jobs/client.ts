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
  readonly #events = new Map<QueueName, Promise<QueueEvents>>();
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
    let stopListening = () => {};
    const result = new Promise<unknown>((resolve, reject) => {
      const late = setTimeout(() => {
        const hint = " No worker may be running: `npm run worker` starts one.";
        reject(new TimeoutError(`The result of ${name}`, limitMs, hint));
      }, limitMs);
      const completed = ({ returnvalue }: { returnvalue: unknown }) => resolve(returnvalue);
      const failed = ({ failedReason }: { failedReason: string }) =>
        reject(new JobFailedError(name, id, failedReason));
      const listen = async () => {
        const events = (await this.#eventsOf(queueOf(name))) as unknown as NodeJS.EventEmitter;
        events.on(`completed:${id}`, completed).on(`failed:${id}`, failed);
        stopListening = () => {
          clearTimeout(late);
          events.off(`completed:${id}`, completed).off(`failed:${id}`, failed);
        };
        // It may have ended before anyone listened.
        const ended = await this.#endedAlready(job);
        if (ended) resolve(ended.value);
      };
      listen().catch((error: Error) => {
        clearTimeout(late);
        reject(error);
      });
    });
    try {
      return checkResult(name, await result);
    } finally {
      stopListening();
    }
  }

  async #endedAlready({ id, name }: JobHandle): Promise<{ value: unknown } | undefined> {
    const job = await this.#answered(this.queue(queueOf(name)).getJob(id));
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
   * Calls back with each progress that a job makes from now on, until the function returned is
   * called.
   *
   * @returns ends it
   * @throws {QueueUnavailableError} within 5 seconds when Redis does not answer
   */
  async onProgress({ id, name }: JobHandle, callback: (progress: Progress) => void) {
    const events = await this.#eventsOf(queueOf(name));
    const listener = ({ jobId, data }: { jobId: string; data: unknown }) => {
      if (jobId === id) callback(data as Progress);
    };
    events.on("progress", listener);
    return (): void => {
      events.off("progress", listener);
    };
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
    const events = await Promise.allSettled(this.#events.values());
    await Promise.all([
      ...events.map((one) => one.status === "fulfilled" && one.value.close()),
      ...[...this.#queues.values()].map((queue) => queue.close()),
    ]);
    this.#connection.disconnect();
  }

  #eventsOf(name: QueueName): Promise<QueueEvents> {
    const known = this.#events.get(name);
    if (known) return known;
    const opening = this.#openEvents(name);
    this.#events.set(name, opening);
    opening.catch(() => this.#events.delete(name));
    return opening;
  }

  async #openEvents(name: QueueName): Promise<QueueEvents> {
    // Events are read from this one on. Left to itself, QueueEvents begins with those that come
    // after its first read, which may be later than our question whether a job has ended.
    const stream = `${this.#prefix}:${name}:events`;
    const [last] = await this.#answered(this.#connection.xrevrange(stream, "+", "-", "COUNT", 1));
    const connection = {
      url: this.#url,
      connectionName: "jobs:events",
      // BullMQ demands it of a connection that blocks.
      maxRetriesPerRequest: null,
      retryStrategy,
    };
    const options = { connection, prefix: this.#prefix, lastEventId: last?.[0] ?? "0-0" };
    const events = new QueueEvents(name, options);
    events.setMaxListeners(0);
    events.on("error", this.#onError);
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
