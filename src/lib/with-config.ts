import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { connect } from "./connections.js";
import { SettingRefusedError } from "./errors.js";
import { until, within } from "./waiting.js";

/** After this time a lock ends by itself, so that a killed notebook holds up nobody for longer. */
const LOCK_MS = 10_000;
/** How long a block may take: what it changed is put back while the lock still holds. */
const BLOCK_MS = 8000;
/** How long to wait for others. */
const WAIT_MS = 25_000;

/** The settings that a block around this one holds already. */
const held = new AsyncLocalStorage<ReadonlySet<string>>();

/**
 * Runs a block while a setting of the whole server has another value, and puts the old one back
 * afterwards, also when the block fails. Blocks that change the same setting take turns, even those
 * of several notebooks, by a lock in Redis. A block may hold others of the same setting.
 *
 * @param name as CONFIG SET takes it, such as `notify-keyspace-events`
 * @param block may be asynchronous, and take up to 8 seconds; what it returns is returned
 * @throws {SettingRefusedError} when there is no such setting, or Redis refuses the value
 * @throws {TimeoutError} when the block, or the wait for another one (25 seconds), takes too long
 */
export async function withConfig<T>(
  name: string,
  value: string,
  block: () => T | Promise<T>,
): Promise<T> {
  const setting = name.toLowerCase();
  // A connection for each setting, since WATCH and EXEC of others would disturb each other.
  const redis = await connect(`config ${setting}`, { db: 0 });
  const outer = held.getStore();
  if (outer?.has(setting)) {
    const before = await read(redis, setting);
    try {
      await write(redis, setting, value);
      return await block();
    } finally {
      await write(redis, setting, before);
    }
  }
  const lock = await Lock.take(redis, setting);
  try {
    await write(redis, setting, value);
    return await held.run(new Set([...(outer ?? []), setting]), async () =>
      within(Promise.resolve(block()), BLOCK_MS, `the end of the block with ${setting} "${value}"`),
    );
  } finally {
    await lock.release();
  }
}

/** The right to change one setting, and the value that it had before. */
class Lock {
  private constructor(
    private readonly redis: Redis,
    private readonly setting: string,
    private readonly token: string,
    private readonly before: string,
  ) {}

  static async take(redis: Redis, setting: string): Promise<Lock> {
    const [key, memo] = keysOf(setting);
    const token = randomUUID();
    await until(
      async () => (await redis.set(key, token, "PX", LOCK_MS, "NX")) !== null,
      `the turn to change ${setting}, which another notebook has changed`,
      WAIT_MS,
    );
    try {
      // The memo of one that was killed before it could put the value back.
      const before = (await redis.get(memo)) ?? (await read(redis, setting));
      await redis.set(memo, before);
      return new Lock(redis, setting, token, before);
    } catch (error) {
      await redis.del(key);
      throw error;
    }
  }

  /** Puts the value back, unless the lock ran out: then the next one has taken it over. */
  async release(): Promise<void> {
    const [key, memo] = keysOf(this.setting);
    await this.redis.watch(key);
    if ((await this.redis.get(key)) === this.token) {
      await this.redis.multi().config("SET", this.setting, this.before).del(key, memo).exec();
    } else {
      await this.redis.unwatch();
    }
  }
}

function keysOf(setting: string): [lock: string, memo: string] {
  return [`lab:config:${setting}:lock`, `lab:config:${setting}:before`];
}

async function read(redis: Redis, setting: string): Promise<string> {
  const [, value] = await redis.config("GET", setting).catch(refused(setting));
  if (value === undefined) throw new SettingRefusedError(setting, "there is no such setting");
  return value;
}

async function write(redis: Redis, setting: string, value: string): Promise<void> {
  await redis.config("SET", setting, value).catch(refused(setting));
}

function refused(setting: string) {
  return (error: Error): never => {
    throw new SettingRefusedError(setting, error.message, { cause: error });
  };
}
