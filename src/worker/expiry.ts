import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ARCHIVES, INCOMING, WORKING, type JobClient } from "redis-lab-jobs";

/** Unfinished work is left by a killed worker only, and swept sooner: no job takes an hour. */
const WORKING_SECONDS = 3600;
/** A zip outlives its job, so that no one is told of a zip that is gone. */
const MARGIN_SECONDS = 3600;

export interface Swept {
  readonly jobs: number;
  readonly files: number;
}

/**
 * Removes finished jobs and files that are older than they are kept. Many workers may do so at
 * once: what another one has removed meanwhile is passed over. A picture whose job still waits is
 * kept, however long no worker came.
 *
 * @param keepSeconds how long finished jobs are kept
 * @param now milliseconds since 1970
 */
export async function sweep(
  client: JobClient,
  mediaRoot: string,
  keepSeconds: number,
  now = Date.now(),
): Promise<Swept> {
  let jobs = 0;
  for (const name of ["arithmetic", "thumbnails"] as const) {
    for (const state of ["completed", "failed"] as const) {
      const limit = 1000;
      for (let removed = limit; removed === limit; jobs += removed) {
        removed = (await client.queue(name).clean(keepSeconds * 1000, limit, state)).length;
      }
    }
  }
  const olderThan = async (folder: string, seconds: number) =>
    oldFiles(join(mediaRoot, folder), now - seconds * 1000);
  const old = [
    ...(await olderThan(ARCHIVES, keepSeconds + MARGIN_SECONDS)),
    ...(await olderThan(WORKING, WORKING_SECONDS)),
  ];
  const pictures = await olderThan(INCOMING, keepSeconds + MARGIN_SECONDS);
  if (pictures.length > 0) {
    const wanted = await picturesOfUnfinishedJobs(client);
    old.push(...pictures.filter((path) => !wanted.has(`${INCOMING}/${path.split("/").at(-1)}`)));
  }
  for (const path of old) await rm(path, { force: true });
  return { jobs, files: old.length };
}

async function oldFiles(folder: string, before: number): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const old: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => undefined);
    if (info?.isFile() && info.mtimeMs < before) old.push(path);
  }
  return old;
}

async function picturesOfUnfinishedJobs(client: JobClient): Promise<Set<string>> {
  const jobs = await client.queue("thumbnails").getJobs(["wait", "active", "delayed"]);
  return new Set(jobs.map((job) => String((job?.data as { file?: string } | undefined)?.file)));
}
