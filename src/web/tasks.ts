import { randomUUID } from "node:crypto";
import type { JobClient, Size, TaskStatus } from "redis-lab-jobs";
import { answered } from "./answered.js";
import { removePictures, type Picture, type UploadOptions } from "./upload.js";

/** A picture's way through the queue, as far as it is known. */
export interface Task {
  readonly id: string;
  /** The picture's name; undefined when it is forgotten. */
  readonly name: string | undefined;
  /** Undefined when it is forgotten. */
  readonly status: TaskStatus | undefined;
  /** It waits, and there is nobody to work on it. */
  readonly lacksWorker: boolean;
}

/** A picture that was refused, or its task. */
export type Accepted =
  | { readonly name: string; readonly id: string }
  | { readonly name: string; readonly refused: NonNullable<Picture["refused"]> };

const QUEUE = "thumbnails";
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export const isTaskId = (text: string): boolean => ID.test(text);

/**
 * Puts a job for each stored picture into the queue.
 *
 * @throws {QueueUnavailableError} when Redis does not answer; pictures without a job are removed
 */
export async function enqueueAll(
  client: JobClient,
  pictures: readonly Picture[],
  sizes: readonly Size[],
  options: Pick<UploadOptions, "storage">,
): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  for (const [index, { name, file, refused }] of pictures.entries()) {
    if (refused) accepted.push({ name, refused });
    if (file === undefined) continue;
    const id = randomUUID();
    try {
      await client.enqueue("make-thumbnails", { file, name, sizes: [...sizes] }, { id });
    } catch (error) {
      await removePictures(pictures.slice(index), options);
      throw error;
    }
    accepted.push({ name, id });
  }
  return accepted;
}

/** @throws {QueueUnavailableError | QueueAwayError} when Redis does not answer */
export async function readTask(client: JobClient, id: string): Promise<Task> {
  const unknown = { id, name: undefined, status: undefined, lacksWorker: false };
  if (!isTaskId(id)) return unknown;
  const status = await answered(client.status(id));
  if (status === undefined) return unknown;
  return {
    id,
    status,
    name: await pictureName(client, id),
    lacksWorker: status.task_status === "PENDING" && (await hasNoWorker(client)),
  };
}

/** Undefined for a job of another kind, too. */
export async function pictureName(client: JobClient, id: string): Promise<string | undefined> {
  const job = await answered(client.queue(QUEUE).getJob(id));
  const { name } = (job?.data ?? {}) as { name?: unknown };
  return typeof name === "string" ? name : undefined;
}

/** Some managed servers do not tell who is connected: then nobody is missed. */
async function hasNoWorker(client: JobClient): Promise<boolean> {
  const workers = await answered(client.queue(QUEUE).getWorkersCount()).catch(() => undefined);
  return workers === 0;
}
