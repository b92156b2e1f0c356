import { extname } from "node:path";
import type { Job, Queue } from "bullmq";
import * as z from "zod";
import { checkResult, isJobName, type ResultOf, type Thumbnail } from "./contract.js";

/** PENDING: waits, also between two attempts. PROGRESS: at work, and told how far. */
export type TaskState = "PENDING" | "STARTED" | "PROGRESS" | "SUCCESS" | "FAILURE";

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** What a web page polls; the names are those of the course. */
export interface TaskStatus {
  readonly task_id: string;
  readonly task_status: TaskState;
  readonly progress: Progress | null;
  /** Of a job that succeeded: a number, or where the zip is and what it holds. */
  readonly results: TaskResults | null;
  /** Of a job that failed: a reason that a user can read. */
  readonly error: string | null;
}

export type TaskResults =
  | number
  | {
      /** Where the upload page has the zip: a path from its root. */
      readonly archive_path: string;
      readonly thumbnails: readonly ThumbnailStatus[];
      /** What the user should know, in whole sentences. */
      readonly notes: readonly string[];
    }
  | FormResults;

/** Of the job of a form. */
export interface FormResults {
  /** Where the upload page has what was made of all pictures, in one zip; null where nothing was. */
  readonly archive_path: string | null;
  /** The tasks of its pictures that succeeded, and those that failed. */
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

export interface ThumbnailStatus extends Omit<Thumbnail, "offset"> {
  /** Where the upload page has it: a path from its root. */
  readonly path: string;
}

const progress = z.object({ done: z.number(), total: z.number() });

/**
 * Tells how a job is doing.
 *
 * @returns undefined when Redis knows no such job in this queue, or has forgotten it
 * @throws {InvalidResultError} when the worker is of another version
 */
export async function taskStatus(queue: Queue, id: string): Promise<TaskStatus | undefined> {
  // In this order: of a job that has ended, what is read afterwards is its end.
  const state = await queue.getJobState(id);
  const job = state === "unknown" ? undefined : await queue.getJob(id);
  if (job === undefined) return undefined;
  const told = progress.safeParse(job.progress);
  const status = (task_status: TaskState, rest: Partial<TaskStatus> = {}): TaskStatus => ({
    task_id: id,
    task_status,
    progress: told.success ? told.data : null,
    results: null,
    error: null,
    ...rest,
  });
  switch (state) {
    case "completed":
      return status("SUCCESS", endOf(job));
    case "failed":
      return status("FAILURE", { error: job.failedReason || "unknown error" });
    case "active":
      return status(told.success ? "PROGRESS" : "STARTED");
    case "waiting-children": {
      const { unprocessed = 0, processed = 0, ignored = 0 } = await job.getDependenciesCount();
      const done = processed + ignored;
      return status("PROGRESS", { progress: { done, total: done + unprocessed } });
    }
    default:
      return status("PENDING");
  }
}

/** What `GET /media/all.zip` sends: the archives of several tasks in one. */
export const allArchives = (ids: readonly string[]): string | null =>
  ids.length === 0 ? null : `/media/all.zip?${ids.map((id) => `task=${id}`).join("&")}`;

function endOf({ id, name, returnvalue }: Job): Partial<TaskStatus> {
  if (!isJobName(name)) return {};
  const result: ResultOf<typeof name> = checkResult(name, returnvalue);
  if (typeof result === "number") return { results: result };
  if ("done" in result) return { results: { archive_path: allArchives(result.done), ...result } };
  const { thumbnails, notes = [] } = result;
  const total = thumbnails.length;
  return {
    progress: { done: total, total },
    results: {
      archive_path: `/media/${result.archivePath}`,
      thumbnails: thumbnails.map(({ name: file, width, height, bytes }, i) => ({
        name: file,
        width,
        height,
        bytes,
        path: `/media/archives/${id}/${i + 1}${extname(file)}`,
      })),
      notes,
    },
  };
}
