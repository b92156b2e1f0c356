import { randomBytes } from "node:crypto";
import { freePort } from "guarded-processes/free-port";
import { findRedis, type RedisSource } from "./find-redis.js";
import { startPrivateRedis, type RedisServer } from "./private-redis.js";
import { supervise } from "../services/supervise.js";
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
 * Finds a Redis for a lab, and starts it where needed: with a password that only the lab's processes
 * get, and again, at the same address, when it ends by itself.
 *
 * @throws {RedisUrlError | NoRedisError} see `findRedis`
 * @throws {ServerStartError} when a private server does not come up
 */
export async function provideRedis(
  options: VenvOptions,
): Promise<RedisServer & { readonly source: RedisSource }> {
  const source = await findRedis(options);
  if (source.kind === "url") return { ...(await openRedis(source)), source };
  const password = randomBytes(24).toString("hex");
  let port: number | undefined;
  const choosePort = async () => port ?? freePort();
  const redis = await supervise({
    name: "Redis",
    log: options.log,
    onBack: "It is empty: run the notebooks from their first cells.",
    start: async () => {
      const server = await startPrivateRedis(source.program, choosePort, 10_000, password);
      port = server.port;
      return server;
    },
  });
  return { url: redis.first.url, stop: () => redis.stop(), source };
}
