import { connect } from "./connections.js";

/**
 * Deletes the keys of one notebook.
 *
 * @param prefix how they begin: `lab:`, the section, and a colon, such as `lab:2a:`. Characters
 *   that mean something in a Redis pattern stand for themselves.
 * @param db the numbered database; default: that of the lab's URL
 * @returns how many keys were deleted
 * @throws {RangeError} for a prefix that could reach the keys of others
 */
export async function clearKeys(prefix: string, db?: number): Promise<number> {
  if (!/^lab:[^:]+:/.test(prefix)) {
    throw new RangeError(
      `clearKeys("${prefix}") could delete keys of others: ` +
        'begin with "lab:", your section and a colon, such as clearKeys("lab:2a:").',
    );
  }
  const redis = await (db === undefined ? connect() : connect(`clear keys of ${db}`, { db }));
  const pattern = `${prefix.replace(/[*?[\]\\^]/g, "\\$&")}*`;
  let deleted = 0;
  let cursor = "0";
  do {
    const [next, keys] = await redis.scan(cursor, "MATCH", pattern, "COUNT", 1000);
    if (keys.length > 0) deleted += await redis.unlink(...keys);
    cursor = next;
  } while (cursor !== "0");
  return deleted;
}
