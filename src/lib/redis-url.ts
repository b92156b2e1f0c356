import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NoRedisUrlError } from "./errors.js";

/**
 * Where the notebooks' Redis is: `REDIS_URL`, else what `npm start` wrote to `.lab/redis-url` in
 * this folder or one above it. Never a Redis that happens to listen on the default port.
 *
 * @throws {NoRedisUrlError} when neither tells
 */
export function redisUrl(): string {
  if (process.env["REDIS_URL"]) return process.env["REDIS_URL"];
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    try {
      const url = readFileSync(join(folder, ".lab", "redis-url"), "utf8").trim();
      if (url !== "") return url;
    } catch {
      // Not in this folder; perhaps in one above it.
    }
    if (folder === dirname(folder)) throw new NoRedisUrlError();
  }
}

/** Host and port of a URL, fit to be shown: no user, no password. */
export function addressOf(url: string): string {
  try {
    return new URL(url).host || url;
  } catch {
    return url;
  }
}
