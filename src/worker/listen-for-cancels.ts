import type { Worker } from "bullmq";
import { cancelChannel, openRedis, type RedisTarget } from "redis-lab-jobs";

/**
 * Lets go of jobs that nobody wants any more, as soon as the page tells.
 *
 * @returns ends it
 */
export function listenForCancels(
  target: RedisTarget,
  prefix: string,
  workers: readonly Worker[],
  onError: (error: Error) => void,
): () => void {
  const redis = openRedis(target, { connectionName: "worker:cancels", maxRetriesPerRequest: null });
  redis.on("error", onError);
  redis.on("message", (_channel, id: string) => {
    for (const worker of workers) worker.cancelJob(id, CANCELLED);
  });
  redis.subscribe(cancelChannel(prefix)).catch(onError);
  return () => redis.disconnect();
}

/** Why such a job failed, should anybody see it. */
export const CANCELLED = "cancelled";
