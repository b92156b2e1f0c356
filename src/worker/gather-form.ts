import { WaitingChildrenError, type Job } from "bullmq";
import type { PayloadOf, ResultOf } from "redis-lab-jobs";

/**
 * Waits until all pictures of a form have ended, and tells how each did.
 *
 * @param stateOf the state of a picture's job, as BullMQ names it
 * @throws {WaitingChildrenError} when the job was handed back until then
 */
export async function gatherForm(
  job: Job,
  token: string | undefined,
  { tasks }: PayloadOf<"gather-form">,
  stateOf: (id: string) => Promise<string>,
): Promise<ResultOf<"gather-form">> {
  if (token !== undefined && (await job.moveToWaitingChildren(token))) {
    throw new WaitingChildrenError();
  }
  const done: string[] = [];
  const failed: string[] = [];
  for (const id of tasks) {
    const state = await stateOf(id);
    if (state === "completed") done.push(id);
    else if (state === "failed") failed.push(id);
    // One that is gone was taken out by its user.
  }
  return { done, failed };
}
