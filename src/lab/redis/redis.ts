import { findRedis, type RedisSource } from "./find-redis.js";
import { startPrivateRedis, type RedisServer } from "./private-redis.js";
import type { VenvOptions } from "../python/venv.js";

export { findRedis, type RedisSource };

/**
 * Starts what `findRedis` found; may be called several times, for a Redis each. One that runs
 * already is left running by `stop`.
 *
 * @throws {ServerStartError} when a private server does not come up
 */
export async function openRedis(source: RedisSource): Promise<RedisServer> {
  if (source.kind === "program") return startPrivateRedis(source.program);
  return { url: source.url, stop: async () => {} };
}

/**
 * Finds a Redis and starts it where needed.
 *
 * @throws {RedisUrlError | NoRedisError} see `findRedis`
 * @throws {ServerStartError} when a private server does not come up
 */
export async function provideRedis(
  options: VenvOptions,
): Promise<RedisServer & { readonly source: RedisSource }> {
  const source = await findRedis(options);
  return { ...(await openRedis(source)), source };
}
