import { RedisUrlError } from "../errors.js";

/** Of the queues; the lab's own keys need the same permissions. */
const PREFIX = "lab:jobs";

/**
 * Checks that a Redis can be used at a URL: with its password, its database, and keys of the lab.
 *
 * @param text in one of the forms of `parseRedisUrl`
 * @throws {RedisUrlError} within 3 s
 */
export async function checkRedisUrl(text: string): Promise<void> {
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
  const found = await checkRedis(target, queuePrefix(target, PREFIX));
  if ("facts" in found) return;
  const { kind, reason, says, fix } = found.trouble;
  if (kind === "away") throw new RedisUrlError(shown, `no Redis answers there (${reason})`);
  throw new RedisUrlError(shown, `what answers there ${says} (${reason})`, fix);
}
