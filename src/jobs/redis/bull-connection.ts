import type { ConnectionOptions } from "bullmq";
import type { Cluster } from "ioredis";
import { openRedis, redisOptions } from "./open-redis.js";
import type { RedisTarget } from "./redis-target.js";

export interface BullConnection {
  /** For BullMQ's option of that name. */
  readonly connection: ConnectionOptions;
  /** Closes what BullMQ leaves open. */
  close(): void;
}

/**
 * What BullMQ needs to open connections of its own, which wait for Redis as long as it takes.
 *
 * @throws {SettingError} when a file of the TLS settings cannot be read
 */
export function bullConnection(target: RedisTarget, connectionName: string): BullConnection {
  const options = { connectionName, maxRetriesPerRequest: null };
  if (target.kind !== "cluster") {
    // BullMQ's own type of the same options does not let one be undefined.
    const connection = { ...redisOptions(target), ...options } as ConnectionOptions;
    return { connection, close: () => {} };
  }
  const cluster = openRedis(target, options) as Cluster;
  // Its copies report the same.
  cluster.on("error", () => {});
  return { connection: cluster, close: () => cluster.disconnect() };
}
