import {
  ARCHIVES,
  INCOMING,
  QUEUE_NAMES,
  UPLOADS,
  WORKING,
  type JobClient,
  type Storage,
} from "redis-lab-jobs";

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
  storage: Storage,
  keepSeconds: number,
  now = Date.now(),
): Promise<Swept> {
  let jobs = 0;
  for (const name of QUEUE_NAMES) {
    for (const state of ["completed", "failed"] as const) {
      const limit = 1000;
      for (let removed = limit; removed === limit; jobs += removed) {
        removed = (await client.queue(name).clean(keepSeconds * 1000, limit, state)).length;
      }
    }
  }
  const old: string[] = [];
  const collect = async (folder: string, seconds: number, wanted?: Set<string>) => {
    for await (const file of storage.olderThan(folder, now - seconds * 1000)) {
      if (!wanted?.has(file)) old.push(file);
    }
  };
  await collect(ARCHIVES, keepSeconds + MARGIN_SECONDS);
  await collect(WORKING, WORKING_SECONDS);
  await collect(UPLOADS, keepSeconds + MARGIN_SECONDS);
  const wanted = await picturesOfUnfinishedJobs(client);
  await collect(INCOMING, keepSeconds + MARGIN_SECONDS, wanted);
  for (const file of old) await storage.remove(file);
  return { jobs, files: old.length };
}

async function picturesOfUnfinishedJobs(client: JobClient): Promise<Set<string>> {
  const jobs = await client
    .queue("thumbnails")
    .getJobs(["wait", "prioritized", "active", "delayed"]);
  return new Set(jobs.map((job) => String((job?.data as { file?: string } | undefined)?.file)));
}
