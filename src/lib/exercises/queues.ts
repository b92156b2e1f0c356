import { Queue, QueueEvents, Worker, type Processor, type WorkerOptions } from "bullmq";
import { redisUrl } from "../redis-url.js";
import { withOpen } from "../with-open.js";
import type { Judge } from "./judge.js";

/** Options of BullMQ for a queue whose keys the judge deletes. */
export function queueOptions(t: Judge): { connection: { url: string }; prefix: string } {
  // BullMQ puts a colon after its prefix.
  return { connection: { url: redisUrl() }, prefix: t.prefix.replace(/:$/, "") };
}

/** A queue that the answer is given. */
export function queueFor(t: Judge, name: string): Queue {
  return new Queue(name, { ...queueOptions(t), connection: t.redis });
}

/** Runs a block while a worker, and what listens to its queue, are open. */
export async function withWorker<T>(
  t: Judge,
  name: string,
  processor: Processor,
  block: (open: { worker: Worker; events: QueueEvents }) => Promise<T>,
  options: Partial<WorkerOptions> = {},
): Promise<T> {
  const worker = new Worker(name, processor, { ...queueOptions(t), ...options });
  const events = new QueueEvents(name, { ...queueOptions(t), lastEventId: "0-0" });
  return withOpen([worker, events], () => block({ worker, events }));
}
