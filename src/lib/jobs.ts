import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import type { JobClient } from "redis-lab-jobs";
import { onCloseAll } from "./connections.js";
import { redisUrl } from "./redis-url.js";
import { readZip, type ZipEntry } from "./read-zip.js";

/** What goes into each kind of job of the lab's worker, and what comes out. */
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
      fit?: "inside" | "cover" | "contain";
      format?: "keep" | "jpeg" | "png" | "webp" | "avif";
      /** 1 to 100. */
      quality?: number;
      /** All pictures of an animation, not just the first one. */
      animated?: boolean;
    };
    result: { archivePath: string; thumbnails: Thumbnail[]; notes?: string[] | undefined };
  };
}

/** @public tslab writes declarations of a cell's names, which can only name what is exported */
export interface Thumbnail {
  name: string;
  width: number;
  height: number;
  bytes: number;
  /** Where its bytes begin in the zip. */
  offset: number;
}

export interface JobProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Where the upload page has the zip and the thumbnails: paths from its root.
 *
 * @public as above
 */
export interface JobResults {
  readonly archive_path: string;
  readonly thumbnails: readonly (Omit<Thumbnail, "offset"> & { readonly path: string })[];
  readonly notes: readonly string[];
}

/**
 * What became of the tasks of a form.
 *
 * @public as above
 */
export interface FormResults {
  readonly archive_path: string | null;
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

/** What a web page polls. */
export interface JobStatus {
  readonly task_id: string;
  readonly task_status: "PENDING" | "STARTED" | "PROGRESS" | "SUCCESS" | "FAILURE";
  readonly progress: JobProgress | null;
  readonly results: number | JobResults | FormResults | null;
  readonly error: string | null;
}

/** How long a job at work may go on when jobs are deleted, in milliseconds. */
const CLEAR_MS = 10_000;

let opened: JobClient | undefined;
const given = new Set<string>();

/** The contract is loaded only when jobs are wanted: with BullMQ it takes half a second. */
const contract = () => import("redis-lab-jobs");

async function client(): Promise<JobClient> {
  const { JobClient, jobSettings } = await contract();
  if (opened === undefined) {
    const connection = new JobClient(jobSettings({ ...process.env, REDIS_URL: redisUrl() }));
    opened = connection;
    onCloseAll(async () => {
      opened = undefined;
      await connection.close();
    });
  }
  return opened;
}

/** What the background jobs of the lab's worker need, apart from BullMQ: files, and tidying up. */
export const jobs = {
  /** A random id for a job, which `jobs.clear` deletes. */
  newId: (): string => {
    const id = randomUUID();
    given.add(id);
    return id;
  },

  /** How a job is doing, as the lab's upload page tells it; undefined for an id that is not known. */
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
    const { jobSettings, withStorage } = await contract();
    const zip = await withStorage(jobSettings().mediaRoot, (media) => media.read(archivePath));
    if (zip === undefined) throw new Error(`There is no archive ${archivePath}.`);
    return readZip(zip);
  },

  /**
   * Deletes the jobs under the ids of `jobs.newId`, with their zips. One at work is waited for.
   *
   * @returns how many there were
   */
  clear: () =>
    readable(async (): Promise<number> => {
      const ids = [...given];
      given.clear();
      const found = await Promise.all(ids.map(forget));
      return found.filter(Boolean).length;
    }),
};

async function forget(id: string): Promise<boolean> {
  const { archiveOf, jobSettings, QUEUE_NAMES, queueOf, removeMedia } = await contract();
  const open = await client();
  let isKnown = false;
  for (const name of QUEUE_NAMES) {
    const job = await open.queue(name).getJob(id);
    if (job === undefined) continue;
    isKnown = true;
    if (await job.isActive()) {
      const handle = { id, name: queueOf("multiply") === name ? "multiply" : "make-thumbnails" };
      await open.awaitResult(handle as never, CLEAR_MS).catch(() => {});
    }
    await job.remove();
  }
  await removeMedia(jobSettings().mediaRoot, archiveOf(id));
  return isKnown;
}

/** A notebook shows an error of the jobs as one line, as it does those of the lib. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
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
