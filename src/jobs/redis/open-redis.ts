import { readFileSync } from "node:fs";
import { Cluster, Redis, type RedisOptions } from "ioredis";
import { SettingError } from "../errors.js";
import type { RedisTarget } from "./redis-target.js";

/** Milliseconds until the next attempt to reach Redis: longer and longer, and not all at once. */
const retryStrategy = (attempt: number): number =>
  Math.min(attempt * 100, 1000) * (0.8 + 0.4 * Math.random());

/** Of a client that gives replies as ioredis always did. */
export type ClientOptions = Omit<RedisOptions, "replyMapping">;

/** A server that turned read-only is left for the new master; not oftener than this. */
const FAILOVER_MS = 1000;

/**
 * Options of ioredis for a target that is one server at a time: a host, a socket, or what the
 * sentinels name.
 *
 * @throws {SettingError} when a file of the TLS settings cannot be read
 */
export function redisOptions(
  target: Exclude<RedisTarget, { kind: "cluster" }>,
  env: NodeJS.ProcessEnv = process.env,
): ClientOptions {
  const { username, password, db } = target;
  const options: ClientOptions = {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    db,
    retryStrategy,
    reconnectOnError: leaveReadOnly(),
  };
  const tls = target.tls ? { tls: tlsOptions(env) } : {};
  if (target.kind === "socket") return { ...options, path: target.path };
  if (target.kind === "server") return { ...options, host: target.host, port: target.port, ...tls };
  const { sentinels, name, sentinelUsername, sentinelPassword } = target;
  return {
    ...options,
    ...tls,
    sentinels: sentinels.map((one) => ({ ...one })),
    name,
    sentinelRetryStrategy: retryStrategy,
    // No failoverDetector: at a switch it closes a client that asks the sentinels just then for good. A
    // dead master closes its connections, and a demoted one answers READONLY.
    ...(target.tls && { enableTLSForSentinelMode: true, sentinelTLS: tlsOptions(env) }),
    ...(sentinelUsername !== undefined && { sentinelUsername }),
    ...(sentinelPassword !== undefined && { sentinelPassword }),
  };
}

/**
 * Opens a client of ioredis for any target.
 *
 * @throws {SettingError} when a file of the TLS settings cannot be read
 */
export function openRedis(target: RedisTarget, options: ClientOptions = {}): Redis | Cluster {
  if (target.kind !== "cluster") return new Redis({ ...redisOptions(target), ...options });
  const { nodes, username, password, tls } = target;
  const { lazyConnect, retryStrategy: clusterRetryStrategy = retryStrategy, ...rest } = options;
  return new Cluster([...nodes], {
    lazyConnect: lazyConnect ?? false,
    clusterRetryStrategy,
    retryDelayOnFailover: 200,
    // Certificates are made out to names, and nodes tell each other's addresses as they are.
    ...(tls && { dnsLookup: (address, callback) => callback(null, address) }),
    redisOptions: {
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(tls && { tls: tlsOptions(process.env) }),
      ...rest,
    },
  });
}

/** The sentinels, or the name's new address, lead to the new master then. */
function leaveReadOnly(): (error: Error) => boolean {
  let last = -Infinity;
  return ({ message }) => {
    if (!message.startsWith("READONLY") || performance.now() - last < FAILOVER_MS) return false;
    last = performance.now();
    return true;
  };
}

function tlsOptions(env: NodeJS.ProcessEnv): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const files = { ca: "REDIS_TLS_CA", cert: "REDIS_TLS_CERT", key: "REDIS_TLS_KEY" };
  const read = Object.entries(files).flatMap(([option, variable]) => {
    const file = env[variable];
    if (!file) return [];
    try {
      return [[option, readFileSync(file)] as const];
    } catch {
      throw new SettingError(variable, file, "the path of a PEM file that can be read");
    }
  });
  return Object.fromEntries(read);
}
