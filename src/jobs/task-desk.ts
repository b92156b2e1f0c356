import { setTimeout as sleep } from "node:timers/promises";
import type { Job } from "bullmq";
import type { JobClient } from "./client.js";
import { queueOf } from "./contract.js";
import { KEEP_SECONDS } from "./settings.js";

/** How long a worker may take to let go of a job, in milliseconds. */
const LET_GO_MS = 4000;
const QUEUE = queueOf("make-thumbnails");

/** Where workers hear which jobs nobody wants any more; the message is the id. */
export const cancelChannel = (prefix: string): string => `${prefix}:cancel`;

const refusedKey = (prefix: string, id: string) => `${prefix}:refused:${id}`;

/**
 * Counts how many jobs are before a job in the queue of pictures, itself included.
 *
 * @returns undefined for a job that does not wait
 */
export async function placeInQueue(client: JobClient, id: string): Promise<number | undefined> {
  const { redis } = client;
  const queue = client.queue(QUEUE);
  const [waiting, prioritized] = [queue.toKey("wait"), queue.toKey("prioritized")];
  // The next one is taken from the end; the first that came within a priority is the first of it.
  const [index, length, rank] = await Promise.all([
    redis.lpos(waiting, id),
    redis.llen(waiting),
    redis.zrank(prioritized, id),
  ]);
  if (typeof index === "number") return length - index;
  return typeof rank === "number" ? length + rank + 1 : undefined;
}

/** What is kept of a picture that was refused before it became a job. */
export interface RefusedPicture {
  readonly name: string;
  readonly reason: string;
}

/** Keeps for as long as a finished job why a picture was refused, under an id like that of a job. */
export async function keepRefused(
  client: JobClient,
  id: string,
  picture: RefusedPicture,
): Promise<void> {
  const key = refusedKey(client.prefix, id);
  await client.redis.set(key, JSON.stringify(picture), "EX", KEEP_SECONDS);
}

/** Undefined for an id that none was kept under. */
export async function refusedPicture(
  client: JobClient,
  id: string,
): Promise<RefusedPicture | undefined> {
  const text = await client.redis.get(refusedKey(client.prefix, id));
  return typeof text === "string" ? (JSON.parse(text) as RefusedPicture) : undefined;
}

/**
 * Takes a job out of its queue, whatever its state; a worker that is at it is told to stop.
 *
 * @returns its data; undefined when there is none of that id
 * @throws {Error} when its worker does not let go of it within 4 seconds
 */
export async function takeOut(client: JobClient, id: string): Promise<unknown> {
  const forgotten = await client.redis.del(refusedKey(client.prefix, id));
  const job: Job | undefined =
    (await client.queue(QUEUE).getJob(id)) ?? (await client.queue("forms").getJob(id));
  if (job === undefined) return forgotten > 0 ? {} : undefined;
  const until = Date.now() + LET_GO_MS;
  for (;;) {
    try {
      // The pictures of a form have files: they are taken out one by one.
      await job.remove({ removeChildren: false });
      return job.data as unknown;
    } catch (error) {
      // It is locked while a worker is at it.
      if (Date.now() > until) throw error;
    }
    await client.redis.publish(cancelChannel(client.prefix), id);
    await sleep(100);
  }
}
