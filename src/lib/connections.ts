import { inspect } from "node:util";
import type { Redis, RedisOptions } from "ioredis";
import { ConnectionFailedError } from "./errors.js";
import { unobserved } from "./exercises/observer.js";
import { LabRedis } from "./lab-redis.js";
import { redisUrl } from "./redis-url.js";
import { within } from "./waiting.js";

export interface ConnectOptions {
  /** Numbered database; default: that of the URL, usually 0. */
  db?: number;
  /** Another Redis than the lab's own. */
  url?: string;
  /** Version of Redis's protocol, RESP; default 3. */
  protocol?: 2 | 3;
}

/** How long opening a connection may take, in milliseconds. */
const CONNECT_MS = 1000;
/** How long a connection that waits in a blocking call may take to answer another, in milliseconds. */
const BLOCKED_MS = 300;
/** How long a connection may take to say good-bye, in milliseconds. */
const QUIT_MS = 250;

const connections = new Map<string, Promise<LabRedis>>();
const others = new Set<() => Promise<void>>();

/** Lets `closeAll()` close something else as well, once. */
export function onCloseAll(close: () => Promise<void>): void {
  others.add(close);
}

/**
 * Opens a named connection, or gives the one of that name that is open already: re-running a cell
 * opens no second one. A call that blocks (BRPOP, XREAD BLOCK) and a subscriber each need a
 * connection of their own, for Redis answers the calls of one connection in turn. One that still
 * waits in a blocking call, as after an interrupt, is closed and opened anew.
 *
 * @param name any name; default "main"
 * @param options database, URL and protocol count when the connection is first opened
 * @returns an ioredis client that is ready, on its database again if a cell changed it
 * @throws {ConnectionFailedError} within about a second when no Redis answers
 * @throws {NoRedisUrlError | RedisUrlError} when no Redis is known, or its address is of no known form
 */
export async function connect(name = "main", options: ConnectOptions = {}): Promise<Redis> {
  const { client, isNew } = await openNamed(name, options);
  if (!isNew) {
    await unobserved(() => select(client, options.db ?? client.options.db ?? 0, name));
  }
  return client;
}

async function select(client: LabRedis, db: number, name: string): Promise<void> {
  const selected = client.select(db);
  if (!client.isBlocked) return void (await selected);
  try {
    await within(selected, BLOCKED_MS);
  } catch (error) {
    if (!client.isBlocked) throw error;
    await client.drop();
    await ready(client, name);
    await client.select(db);
  }
}

/** As `connect`, but a connection that is open stays as it is; `settings` go to ioredis. */
export async function openNamed(
  name: string,
  options: ConnectOptions = {},
  settings: RedisOptions = {},
): Promise<{ client: LabRedis; isNew: boolean }> {
  const known = connections.get(name);
  const opening = known ?? open(name, options, settings);
  connections.set(name, opening);
  try {
    const client = await opening;
    if (client.status === "end") await ready(client, name);
    return { client, isNew: known === undefined };
  } catch (error) {
    connections.delete(name);
    throw error;
  }
}

/** The clients that are open now, by name. */
export async function openConnections(): Promise<[name: string, client: LabRedis][]> {
  const all = await Promise.all(
    [...connections].map(
      async ([name, opening]) => [name, await opening.catch(() => undefined)] as const,
    ),
  );
  return all.flatMap(([name, client]) => (client?.status === "ready" ? [[name, client]] : []));
}

/**
 * Closes all connections of the lab, those that wait in a blocking call as well. A client used
 * afterwards opens itself again.
 */
export async function closeAll(): Promise<void> {
  const closing = [...others].map((close) => close());
  others.clear();
  await Promise.all(closing);
  await Promise.all(
    [...connections.values()].map(async (opening) => {
      const client = await opening.catch(() => undefined);
      if (client === undefined || client.status === "end") return;
      const ended = new Promise((resolve) => client.once("end", resolve));
      // A connection that waits in BRPOP does not hear a QUIT: then the socket is closed.
      await within(client.quit(), QUIT_MS, "QUIT").catch(() => client.disconnect());
      await within(ended, QUIT_MS, "the end of a connection").catch(() => {});
    }),
  );
}

async function open(
  name: string,
  options: ConnectOptions,
  settings: RedisOptions,
): Promise<LabRedis> {
  // Not with the lib: it is loaded before anything is asked of Redis.
  const { parseRedisUrl, redisOptions } = await import("redis-lab-jobs/redis");
  const target = readable(() => parseRedisUrl(options.url ?? redisUrl()));
  if (target.kind === "cluster") {
    const reason = "notebooks need one Redis with several databases, and this is a cluster";
    throw new ConnectionFailedError(name, target.shown, reason);
  }
  const all: RedisOptions = {
    ...redisOptions(target),
    lazyConnect: true,
    connectionName: name.replace(/\s/g, "-"),
    connectTimeout: CONNECT_MS,
    // ioredis keeps the process alive this long when a socket is gone before it says good-bye.
    disconnectTimeout: 100,
    // A command fails after some 600 ms without Redis, and the client goes on trying to come back.
    maxRetriesPerRequest: 2,
    retryStrategy: (attempt) => Math.min(attempt * 200, 1000),
    ...(options.db === undefined ? {} : { db: options.db }),
    ...(options.protocol === undefined ? {} : { protocol: options.protocol }),
    ...settings,
  };
  const client = new LabRedis(target, all, options.url === undefined);
  await ready(client, name);
  return client;
}

async function ready(client: LabRedis, name: string): Promise<void> {
  try {
    await within(client.connect(), CONNECT_MS, "a connection to Redis");
  } catch (error) {
    const reason = client.lastError ?? (error as Error);
    client.disconnect();
    const { troubleOf } = await import("redis-lab-jobs/redis");
    const trouble = troubleOf(reason, client.target);
    const { shown } = client.target;
    const sentence = trouble?.kind === "away" ? undefined : trouble?.sentence;
    throw new ConnectionFailedError(name, shown, reason.message, { cause: reason }, sentence);
  }
}

/** A notebook shows an error of the address as one line. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { name, message } = error as Error;
    Object.defineProperty(error, inspect.custom, { value: () => `${name}: ${message}` });
    throw error;
  }
}
