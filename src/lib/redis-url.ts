import { startedRedis } from "redis-lab-jobs/lab-folder";
import { NoRedisUrlError } from "./errors.js";

/**
 * Where the notebooks' Redis is: `REDIS_URL`, else what `npm start` wrote to `.lab/redis-url`. Never a Redis that happens to listen on the default port.
 *
 * @throws {NoRedisUrlError} when neither tells
 */
export function redisUrl(): string {
  const url = process.env["REDIS_URL"] || startedRedis();
  if (url === undefined) throw new NoRedisUrlError();
  return url;
}
