import { setTimeout as sleep } from "node:timers/promises";
import {
  QueueUnavailableError,
  storeIncoming,
  type JobClient,
  type JobHandle,
} from "redis-lab-jobs";

/** What is asked of a job, so that its result can be checked. */
export interface Asked extends JobHandle {
  readonly a: number;
}

export interface Wanted {
  readonly jobs: number;
  readonly picture: Buffer;
}

/** Half of the jobs are pictures. */
export async function enqueueUpTo(
  upTo: number,
  client: JobClient,
  mediaRoot: string,
  { jobs, picture }: Wanted,
  asked: Asked[],
): Promise<void> {
  for (let a = asked.length; a < Math.min(upTo, jobs); a++) {
    const id = crypto.randomUUID();
    const name = a % 2 === 0 ? "make-thumbnails" : "multiply";
    const file = name === "multiply" ? "" : await storeIncoming(mediaRoot, picture);
    const sizes = [64, 128, 200].map((edge) => ({ width: edge, height: edge }));
    for (;;) {
      try {
        if (name === "multiply") await client.enqueue(name, { a, b: 2 }, { id });
        else await client.enqueue(name, { file, name: `${a}.jpg`, sizes }, { id });
        break;
      } catch (error) {
        // While Redis is away; the same id is not queued twice.
        if (!(error instanceof QueueUnavailableError) && !/closed|LOADING/.test(String(error))) {
          throw error;
        }
        await sleep(200);
      }
    }
    asked.push({ id, name, a });
  }
}

/** How many have ended, well or not; 0 while Redis does not tell. */
export async function countDone(client: JobClient): Promise<number> {
  const counts = await Promise.all(
    (["arithmetic", "thumbnails"] as const).map((name) =>
      client.queue(name).getJobCounts("completed", "failed"),
    ),
  ).catch(() => []);
  return counts.flatMap((count) => Object.values(count)).reduce((sum, count) => sum + count, 0);
}
