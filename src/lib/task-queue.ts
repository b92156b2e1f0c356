import { randomUUID } from "node:crypto";
import type { Job, Queue } from "bullmq";
import type { QueueListener } from "redis-lab-jobs";
import { alsoClose, connect } from "./connections.js";
import type { JobStatus } from "./jobs.js";
import { readable } from "./jobs.js";
import { redisUrl } from "./redis-url.js";
import type { Span } from "./timeline.js";

export interface AddOptions {
  /** How often the task may be tried; default 1. */
  attempts?: number;
  /** Milliseconds until the second attempt; before each further one it is twice as long. */
  backoffMs?: number;
}

export interface Task {
  readonly id: string;
  readonly name: string;
}

/** What each task does: its data, and which attempt it is, from 1. */
export type Tasks = Record<string, (data: never, attempt: number) => unknown>;

/** How long a worker may take to end, in milliseconds. */
const CLOSE_MS = 5000;

/**
 * A queue of a notebook's own, with a worker that runs in the notebook while it is wanted. All its
 * keys begin with the prefix, so that `clearKeys` deletes them.
 */
export class TaskQueue {
  #open: Promise<{ queue: Queue; listener: QueueListener }> | undefined;

  /** @param prefix that of the notebook's keys, such as `lab:9a:` */
  constructor(readonly prefix: string) {}

  /** Puts a task into the queue, whether a worker runs or not. */
  async add(name: string, data: object, options: AddOptions = {}): Promise<Task> {
    const { attempts = 1, backoffMs = 0 } = options;
    const id = randomUUID();
    const backoff = { type: "exponential", delay: backoffMs };
    await (await this.#opened()).queue.add(name, data, { jobId: id, attempts, backoff });
    return { id, name };
  }

  /**
   * Waits for the result of a task.
   *
   * @throws {JobFailedError} with the task's reason
   * @throws {TimeoutError} when the time is up; the task stays in the queue
   */
  async result(task: Task, limitMs: number): Promise<unknown> {
    return readable(async () => (await this.#opened()).listener.result(task, limitMs));
  }

  /** How a task is doing; undefined when it is not known. */
  async status(task: Task): Promise<JobStatus | undefined> {
    const { taskStatus } = await import("redis-lab-jobs");
    return taskStatus((await this.#opened()).queue, task.id);
  }

  /** When a task that has ended was added, started last, and finished; milliseconds since 1970. */
  async span(task: Task, label: string): Promise<Span> {
    const job: Job | undefined = await (await this.#opened()).queue.getJob(task.id);
    const { timestamp = 0, processedOn = timestamp, finishedOn = processedOn } = job ?? {};
    return { label, added: timestamp, started: processedOn, finished: finishedOn };
  }

  /**
   * Runs a worker in this notebook while a block runs, and ends it when its tasks are done.
   *
   * @param tasks what it does; what a function throws is the reason why its task failed
   * @param concurrency tasks at a time; default 1
   * @returns what the block returns
   */
  async withWorker<T>(tasks: Tasks, block: () => Promise<T>, concurrency = 1): Promise<T> {
    const { UnrecoverableError, Worker } = await import("bullmq");
    const { bullConnection, parseRedisUrl } = await import("redis-lab-jobs");
    const { queue } = await this.#opened();
    const work = async (job: Job) => {
      const task = tasks[job.name];
      if (task === undefined) throw new UnrecoverableError(`no worker knows ${job.name}`);
      return task(job.data as never, job.attemptsMade + 1);
    };
    const bull = bullConnection(parseRedisUrl(redisUrl()), "tasks");
    const worker = new Worker(queue.name, work, {
      connection: bull.connection,
      prefix: keyPrefix(this.prefix),
      concurrency,
    });
    worker.on("error", () => {});
    try {
      return await block();
    } finally {
      const late = setTimeout(() => void worker.close(true), CLOSE_MS);
      await worker.close();
      clearTimeout(late);
      bull.close();
    }
  }

  #opened() {
    return (this.#open ??= this.#connect());
  }

  async #connect() {
    const { Queue: BullQueue } = await import("bullmq");
    const jobs = await import("redis-lab-jobs");
    const target = jobs.parseRedisUrl(redisUrl());
    const bull = jobs.bullConnection(target, "tasks");
    const prefix = keyPrefix(this.prefix);
    const onError = () => {};
    const queue = new BullQueue("tasks", { connection: bull.connection, prefix });
    queue.on("error", onError);
    const after = await jobs.newestEvent(await connect("tasks"), prefix, queue.name);
    const hint = "No worker runs for this queue: see withWorker.";
    const listener = new jobs.QueueListener(queue, { target, prefix, after, hint, onError });
    alsoClose(async () => {
      this.#open = undefined;
      await Promise.all([listener.close(), queue.close()]);
      bull.close();
    });
    return { queue, listener };
  }
}

/** BullMQ puts a colon after its prefix. */
const keyPrefix = (prefix: string) => prefix.replace(/:$/, "");
