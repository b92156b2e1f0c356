import type { FastifyRequest } from "fastify";
import type { JobClient } from "redis-lab-jobs";
import { answered } from "../answered.js";
import { RefusedError } from "../errors.js";
import { shownBytes } from "../limits.js";
import type { Quota } from "./access-settings.js";
import { nameOfSession, sessionOf } from "./session.js";

const DAY_SECONDS = 24 * 3600;
/** Many users may share an address; without this a user who drops the cookie would be a new one. */
const USERS_OF_AN_ADDRESS = 10;

/** All or nothing: what is over the limit is not counted. */
const SPEND = `
for i, key in ipairs(KEYS) do
  local limit = tonumber(ARGV[i * 2])
  if limit > 0 and tonumber(redis.call("get", key) or 0) + ARGV[i * 2 - 1] > limit then return i end
end
for i, key in ipairs(KEYS) do
  redis.call("incrby", key, ARGV[i * 2 - 1])
  if redis.call("ttl", key) < 0 then redis.call("expire", key, ${DAY_SECONDS}) end
end
return 0`;

/**
 * Counts what a user sends: by the session, and more loosely by the address.
 *
 * @throws {RefusedError} 429 when it is more than a user may send in a day
 * @throws {QueueAwayError} when Redis does not answer
 */
export async function spend(
  { redis, prefix }: JobClient,
  request: FastifyRequest,
  quota: Quota | undefined,
  sent: Quota,
): Promise<void> {
  if (quota === undefined || quota.pictures + quota.bytes === 0) return;
  const session = sessionOf(request);
  const users = [
    { key: `ip:${request.ip}`, times: session === undefined ? 1 : USERS_OF_AN_ADDRESS },
    ...(session === undefined ? [] : [{ key: `user:${nameOfSession(session)}`, times: 1 }]),
  ];
  const counts = users.flatMap(({ key, times }) => [
    [`${key}:pictures`, sent.pictures, quota.pictures * times] as const,
    [`${key}:bytes`, sent.bytes, quota.bytes * times] as const,
  ]);
  // In one slot of a cluster, as the queues are where their prefix has braces.
  const keys = counts.map(([key]) => `${prefix}:quota:${key}`);
  const args = counts.flatMap(([, amount, limit]) => [amount, limit]);
  const refused = await answered(redis.eval(SPEND, keys.length, ...keys, ...args));
  if (refused === 0) return;
  const isPictures = Number(refused) % 2 === 1;
  const limit = isPictures ? `${quota.pictures} pictures` : shownBytes(quota.bytes);
  throw new RefusedError(429, `The limit for one user is ${limit} in a day. Try again tomorrow.`);
}
