import type { Cluster, Redis } from "ioredis";
import { OtherStorageError } from "../errors.js";
import type { Storage } from "./storage.js";

/**
 * Makes sure that page and workers of one Redis keep their files in one place: its id, which the place
 * itself holds, is written to Redis by the first of them.
 *
 * @throws {OtherStorageError} when they have another one
 * @throws {SettingError} when it cannot be used at all
 */
export async function sameStorage(
  redis: Pick<Redis | Cluster, "set" | "get">,
  prefix: string,
  storage: Storage,
): Promise<void> {
  const id = await storage.prepare();
  const key = `${prefix}:media`;
  await redis.set(key, id, "NX");
  if ((await redis.get(key)) !== id) throw new OtherStorageError(storage.shown, key);
}
