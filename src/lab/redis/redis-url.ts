import { RedisUrlError } from "../errors.js";

/**
 * Checks that a Redis can be used at a URL: with its password, its database, and keys of the lab.
 *
 * @param text in one of the forms of `parseRedisUrl`
 * @param prefix where the keys of the queues begin: REDIS_PREFIX
 * @throws {RedisUrlError} within 3 s
 */
export async function checkRedisUrl(text: string, prefix = "lab:jobs"): Promise<void> {
  // Loaded when asked for: the runner needs no client of Redis.
  const { checkRedis, parseRedisUrl, queuePrefix, withoutPassword } =
    await import("redis-lab-jobs/redis");
  const shown = withoutPassword(text);
  let target: ReturnType<typeof parseRedisUrl>;
  try {
    target = parseRedisUrl(text);
  } catch (error) {
    throw new RedisUrlError(shown, (error as { reason?: string }).reason ?? "it cannot be read");
  }
  const found = await checkRedis(target, queuePrefix(target, prefix));
  if ("facts" in found) return;
  const { kind, reason, says, fix } = found.trouble;
  if (kind === "away") throw new RedisUrlError(shown, `no Redis answers there (${reason})`);
  throw new RedisUrlError(shown, `what answers there ${says} (${reason})`, fix);
}
