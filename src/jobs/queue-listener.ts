import { AsyncResource } from "node:async_hooks";
import { QueueEvents, type Queue } from "bullmq";
import { bullConnection, type BullConnection } from "./redis/bull-connection.js";
import type { RedisTarget } from "./redis/redis-target.js";
import { JobFailedError, TimeoutError, UnknownJobError } from "./errors.js";

interface NamedJob {
  readonly id: string;
  readonly name: string;
}

export interface ListenerOptions {
  readonly target: RedisTarget;
  readonly prefix: string;
  /**
   * The newest event that need not be told. Left to itself, QueueEvents begins with what comes after
   * its first read, which may be later than a question whether a job has ended.
   */
  readonly after: string;
  /** Said after a time-out: what may be wrong. */
  readonly hint: string;
  readonly onError: (error: Error) => void;
}

/** Hears what happens to the jobs of a queue, over a connection of its own. */
export class QueueListener {
  readonly #events: QueueEvents;
  readonly #hint: string;
  readonly #connection: BullConnection;

  constructor(
    readonly queue: Queue,
    { target, prefix, after, hint, onError }: ListenerOptions,
  ) {
    this.#hint = hint;
    this.#connection = bullConnection(target, "jobs:events");
    const { connection } = this.#connection;
    this.#events = new QueueEvents(queue.name, {
      connection,
      prefix,
      lastEventId: after,
      skipVersionCheck: true,
    });
    this.#events.setMaxListeners(0);
    this.#events.on("error", onError);
  }

  /**
   * Waits until a job has ended.
   *
   * @returns what its worker returned
   * @throws {JobFailedError | TimeoutError | UnknownJobError} see `JobClient.awaitResult`
   */
  async result({ id, name }: NamedJob, limitMs: number): Promise<unknown> {
    const events = this.#events as unknown as NodeJS.EventEmitter;
    let stop = () => {};
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const completed = ({ returnvalue }: { returnvalue: unknown }) => resolve(returnvalue);
        const failed = ({ failedReason }: { failedReason: string }) =>
          reject(new JobFailedError(name, id, failedReason));
        const late = setTimeout(() => {
          reject(new TimeoutError(`The result of ${name}`, limitMs, this.#hint));
        }, limitMs);
        events.on(`completed:${id}`, completed).on(`failed:${id}`, failed);
        stop = () => {
          clearTimeout(late);
          events.off(`completed:${id}`, completed).off(`failed:${id}`, failed);
        };
        // It may have ended before anyone listened.
        this.#endedAlready(id, name).then((ended) => {
          if (ended) resolve(ended.value);
        }, reject);
      });
    } finally {
      stop();
    }
  }

  async #endedAlready(id: string, name: string): Promise<{ value: unknown } | undefined> {
    const job = await this.queue.getJob(id);
    if (job === undefined) throw new UnknownJobError(id);
    if (job.finishedOn === undefined) return undefined;
    const state = await job.getState();
    if (state === "failed") throw new JobFailedError(name, id, job.failedReason);
    return state === "completed" ? { value: job.returnvalue } : undefined;
  }

  /**
   * Calls back with each progress that a job tells from now on.
   *
   * @returns ends it
   */
  onProgress(id: string, callback: (progress: unknown) => void): () => void {
    // In the context of who asks, not of who opened the connection: a notebook shows what the
    // call-back prints in the cell that asked.
    const tell = AsyncResource.bind(callback);
    const listener = ({ jobId, data }: { jobId: string; data: unknown }) => {
      if (jobId === id) tell(data);
    };
    this.#events.on("progress", listener);
    return () => {
      this.#events.off("progress", listener);
    };
  }

  async close(): Promise<void> {
    await this.#events.close();
    this.#connection.close();
  }
}

/** The newest event of a queue; what comes after it is not yet told. */
export async function newestEvent(
  redis: { xrevrange(key: string, ...args: ["+", "-", "COUNT", 1]): Promise<[string, unknown][]> },
  prefix: string,
  queue: string,
): Promise<string> {
  const [newest] = await redis.xrevrange(`${prefix}:${queue}:events`, "+", "-", "COUNT", 1);
  return newest?.[0] ?? "0-0";
}
