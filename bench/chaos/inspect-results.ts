import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { buffer } from "node:stream/consumers";
import { mediaPath, type JobClient, type TaskStatus } from "redis-lab-jobs";
import { openPromise } from "yauzl";
import type { Asked } from "./ask-jobs.js";

export interface Findings {
  /** Jobs that did not end well, each with its state and reason. */
  readonly lost: readonly string[];
  /** Jobs whose end was told more than once. */
  readonly doneTwice: readonly string[];
  /** Zips that are broken or not complete, or that belong to no job. */
  readonly broken: readonly string[];
  /** Files that no one needs any more. */
  readonly leftBehind: readonly string[];
  /** Jobs that were begun more than once, because their worker was killed. */
  readonly begunAgain: number;
}

const ENTRIES = 4;

/** Looks at each job, at the events of the queues, and at all files. */
export async function inspectResults(
  client: JobClient,
  mediaRoot: string,
  asked: readonly Asked[],
): Promise<Findings> {
  const lost: string[] = [];
  const broken: string[] = [];
  let begunAgain = 0;
  const zips = new Set(await filesIn(join(mediaRoot, "archives")));
  for (const { id, name, a } of asked) {
    const status = await client.status(id);
    const queue = client.queue(name === "multiply" ? "arithmetic" : "thumbnails");
    if (((await queue.getJob(id))?.attemptsStarted ?? 0) > 1) begunAgain++;
    if (status?.task_status !== "SUCCESS") {
      lost.push(`${name} ${id}: ${status?.task_status} ${status?.error ?? ""}`);
    } else if (name === "multiply") {
      if (status.results !== a * 2) lost.push(`${name} ${id}: ${JSON.stringify(status.results)}`);
    } else {
      zips.delete(`${id}.zip`);
      const reason = await brokenZip(status, mediaRoot, ENTRIES);
      if (reason) broken.push(`${id}.zip: ${reason}`);
    }
  }
  broken.push(...[...zips].map((zip) => `${zip}: belongs to no job that is done`));
  const left = [
    ...(await filesIn(join(mediaRoot, "incoming"))),
    ...(await filesIn(join(mediaRoot, "working"))),
  ];
  return { lost, doneTwice: await toldTwice(client), broken, leftBehind: left, begunAgain };
}

/** The events of a queue are what the world outside hears. */
async function toldTwice({ redis, prefix }: JobClient): Promise<string[]> {
  const times = new Map<string, number>();
  for (const queue of ["arithmetic", "thumbnails"]) {
    for (const [, fields] of await redis.xrange(`${prefix}:${queue}:events`, "-", "+")) {
      if (fields[fields.indexOf("event") + 1] !== "completed") continue;
      const id = fields[fields.indexOf("jobId") + 1] ?? "";
      times.set(id, (times.get(id) ?? 0) + 1);
    }
  }
  return [...times].filter(([, count]) => count > 1).map(([id, count]) => `${id}: ${count} times`);
}

/** What is wrong with the zip of a job; undefined when each entry has its checksum. */
export async function brokenZip(
  { results }: TaskStatus,
  mediaRoot: string,
  wanted: number,
): Promise<string | undefined> {
  try {
    if (results === null || typeof results === "number" || "done" in results) return "no result";
    const zip = await openPromise(
      mediaPath(mediaRoot, results.archive_path.replace("/media/", "")),
    );
    let entries = 0;
    for await (const entry of zip.eachEntry()) {
      const bytes = await buffer(await zip.openReadStreamPromise(entry));
      if (crc32(bytes) !== entry.crc32) return `${entry.fileName} has another checksum`;
      entries++;
    }
    return entries === wanted ? undefined : `${entries} entries`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Files in a folder; none where it does not exist. */
export const filesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
