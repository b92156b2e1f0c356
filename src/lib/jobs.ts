import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import type { JobClient } from "redis-lab-jobs";
import { alsoClose } from "./connections.js";
import { redisUrl } from "./redis-url.js";
import { readZip, type ZipEntry } from "./read-zip.js";

/** What goes into each kind of job, and what comes out; the worker's contract in plain types. */
export interface JobTypes {
  multiply: { payload: { a: number; b: number }; result: number };
  divide: { payload: { a: number; b: number }; result: number };
  "make-thumbnails": {
    payload: {
      /** What `jobs.store` returned. */
      file: string;
      /** What the picture is called. */
      name: string;
      /** Boxes to fit into, in pixels. */
      sizes: { width: number; height: number }[];
    };
    result: { archivePath: string; thumbnails: Thumbnail[] };
  };
}

export interface Thumbnail {
  name: string;
  width: number;
  height: number;
  bytes: number;
}

export interface JobHandle<N extends keyof JobTypes = keyof JobTypes> {
  readonly id: string;
  readonly name: N;
}

export interface JobProgress {
  readonly done: number;
  readonly total: number;
}

/** What a web page polls. */
export interface JobStatus {
  readonly task_id: string;
  readonly task_status: "PENDING" | "STARTED" | "PROGRESS" | "SUCCESS" | "FAILURE";
  readonly progress: JobProgress | null;
  readonly results: number | { archive_path: string; thumbnails: readonly Thumbnail[] } | null;
  readonly error: string | null;
}

/** How long a job at work may go on when jobs are deleted, in milliseconds. */
const CLEAR_MS = 10_000;

let opened: JobClient | undefined;
const enqueued = new Map<string, JobHandle>();
/** What ends the call-backs of jobs that are watched. */
const watched = new Map<string, () => void>();

/** The contract is loaded only when jobs are wanted: with BullMQ it takes half a second. */
const contract = () => import("redis-lab-jobs");

async function client(): Promise<JobClient> {
  const { JobClient, jobSettings } = await contract();
  if (opened === undefined) {
    const connection = new JobClient(jobSettings({ ...process.env, REDIS_URL: redisUrl() }));
    opened = connection;
    alsoClose(async () => {
      opened = undefined;
      await connection.close();
    });
  }
  return opened;
}

/** The background jobs of the lab's worker, which `npm start` runs beside the notebooks. */
export const jobs = {
  /**
   * Puts a job into its queue.
   *
   * @param onProgress called with each progress that the worker tells, until the result was awaited
   * @throws {InvalidPayloadError} when the worker could do nothing with it
   */
  enqueue: <N extends keyof JobTypes>(
    name: N,
    payload: JobTypes[N]["payload"],
    onProgress?: (progress: JobProgress) => void,
  ) =>
    readable(async (): Promise<JobHandle<N>> => {
      const open = await client();
      const job = { id: randomUUID(), name };
      // Before the job is in the queue: a worker may tell its first progress at once.
      if (onProgress) watched.set(job.id, await open.onProgress(job, onProgress));
      await open.enqueue(name, payload as never, { id: job.id });
      enqueued.set(job.id, job);
      return job;
    }),

  /**
   * Waits for the result of a job.
   *
   * @param limitMs milliseconds
   * @throws {JobFailedError} with the worker's reason
   * @throws {TimeoutError} when the time is up; the job goes on
   */
  result: <N extends keyof JobTypes>(job: JobHandle<N>, limitMs: number) =>
    readable(async (): Promise<JobTypes[N]["result"]> => {
      try {
        return await (await client()).awaitResult(job, limitMs);
      } finally {
        watched.get(job.id)?.();
        watched.delete(job.id);
      }
    }),

  /** How a job is doing; undefined for an id that is not known. */
  status: (id: string) =>
    readable(async (): Promise<JobStatus | undefined> => (await client()).status(id)),

  /**
   * Stores a picture where the worker finds it.
   *
   * @returns its name for the payload
   */
  store: async (picture: Uint8Array): Promise<string> => {
    const { jobSettings, storeIncoming } = await contract();
    return storeIncoming(jobSettings().mediaRoot, picture);
  },

  /** The entries of a zip that the worker made, in their order. */
  download: async (archivePath: string): Promise<ZipEntry[]> => {
    const { jobSettings, mediaPath } = await contract();
    return readZip(mediaPath(jobSettings().mediaRoot, archivePath));
  },

  /**
   * Deletes the jobs of this notebook, with their zips. One at work is waited for.
   *
   * @returns how many
   */
  clear: () =>
    readable(async (): Promise<number> => {
      const { archiveOf, jobSettings, removeMedia } = await contract();
      const all = [...enqueued.values()];
      const open = await client();
      for (const job of all) {
        const state = (await open.status(job.id))?.task_status;
        const isAtWork = state === "STARTED" || state === "PROGRESS";
        if (isAtWork) await open.awaitResult(job, CLEAR_MS).catch(() => {});
        await open.remove(job);
        await removeMedia(jobSettings().mediaRoot, archiveOf(job.id));
        enqueued.delete(job.id);
      }
      return all.length;
    }),
};

/** A notebook shows an error of the jobs as one line, as it does those of the lib. */
export async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) {
      const line = `${error.name}: ${error.message}`;
      Object.defineProperty(error, inspect.custom, { value: () => line });
    }
    throw error;
  }
}
