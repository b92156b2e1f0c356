import type { Cluster, Redis } from "ioredis";
import { firstWords, speaksPlainly } from "./first-words.js";
import { openRedis } from "./open-redis.js";
import { reasonOf, troubleOf, type RedisTrouble } from "./redis-trouble.js";
import type { RedisTarget } from "./redis-target.js";

/** How long a check may take, in milliseconds; what calls it promises an answer within 3 s. */
const CHECK_MS = 2500;

/**
 * All kinds of keys that the queues use are written, in one slot, and deleted. A replica, one without
 * memory and a user without the permission refuse it, each in its own words.
 */
const WRITE = `
redis.call("hset", KEYS[1], "f", 1)
redis.call("lpush", KEYS[2], 1)
redis.call("zadd", KEYS[3], 1, "m")
redis.call("xadd", KEYS[4], "*", "f", 1)
redis.call("sadd", KEYS[5], 1)
redis.call("set", KEYS[6], 1, "PX", 1000)
return redis.call("del", KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6])
`;

export interface RedisFacts {
  /** Such as 7.0.15. */
  readonly version: string;
  /** What it does when memory is short; BullMQ needs noeviction. Empty when it does not tell. */
  readonly eviction: string;
}

/**
 * Asks Redis for all that the queues need: that it is one, its password, its database, that the keys of
 * a prefix can be written. Opens a connection of its own, and closes it.
 *
 * @param prefix where the keys of the queues begin
 * @returns what is the matter, or what is known of the server
 * @throws {SettingError} when a file of the TLS settings cannot be read
 */
export async function checkRedis(
  target: RedisTarget,
  prefix: string,
): Promise<{ trouble: RedisTrouble } | { facts: RedisFacts }> {
  if (target.tls && (await speaksPlainly(target))) {
    return { trouble: await explained(new Error("it speaks no TLS"), undefined, target) };
  }
  let lastError: unknown;
  const client = openRedis(target, {
    lazyConnect: true,
    connectionName: "check",
    connectTimeout: CHECK_MS - 500,
    retryStrategy: () => null,
    ...(target.kind === "sentinel" && { sentinelRetryStrategy: () => null }),
    maxRetriesPerRequest: 0,
    // ioredis writes a line of its own where INFO is not permitted.
    enableReadyCheck: false,
    reconnectOnError: () => false,
  });
  client.on("error", (error: unknown) => (lastError ??= error));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_MS} ms`)), CHECK_MS);
  });
  try {
    return { facts: await Promise.race([ask(client, target, prefix), late]) };
  } catch (error) {
    return { trouble: await explained(error, lastError, target) };
  } finally {
    clearTimeout(timer);
    client.disconnect();
  }
}

async function ask(
  client: Redis | Cluster,
  target: RedisTarget,
  prefix: string,
): Promise<RedisFacts> {
  await client.connect();
  // ioredis goes on in database 0 when this one is refused.
  if (target.db !== 0) await client.select(target.db);
  const info = await client.info();
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(info)?.[1] ?? "";
  if (field("loading") === "1") throw new Error("LOADING Redis is loading the dataset in memory");
  // Valkey has another name for it.
  const mode = field("redis_mode") || field("server_mode");
  if (target.kind !== "cluster" && mode === "cluster") {
    throw new Error("it is a node of a cluster");
  }
  if (mode === "sentinel") throw new Error("not a sentinel's URL: it is one");
  const version = field("redis_version");
  if (/^[0-5]\./.test(version)) throw new Error(`${version} is older than 6.2`);
  const keys = Array.from({ length: 6 }, (_, i) => `${prefix}:check:${i}`);
  await client.eval(WRITE, keys.length, ...keys);
  return { version, eviction: field("maxmemory_policy") };
}

/** ioredis says of many failures only that the connection is closed; what came before says why. */
async function explained(
  error: unknown,
  lastError: unknown,
  target: RedisTarget,
): Promise<RedisTrouble> {
  const isVague = /Connection is closed|max retries|slots cache|startup nodes/i.test(
    reasonOf(error),
  );
  let cause = isVague ? (lastError ?? error) : error;
  const isCut = /Connection is closed|ECONNRESET|EPIPE/.test(reasonOf(cause));
  const said = isCut ? await firstWords(target) : undefined;
  if (said !== undefined) cause = new Error(said);
  const reason = reasonOf(cause);
  return (
    troubleOf(cause, target) ?? {
      kind: "refused",
      brief: "Redis refuses",
      says: "refuses",
      fix: "REDIS_URL chooses another.",
      reason,
      sentence: `Redis at ${target.shown} refuses (${reason}). REDIS_URL chooses another.`,
      mayPass: false,
    }
  );
}
