import { resolve } from "node:path";
import { isBucket } from "./storage/open-storage.js";
import { parseRedisUrl, queuePrefix } from "./redis/redis-target.js";
import { NoRedisUrlError, SettingError } from "./errors.js";
import { labFiles, labFolder, startedRedis } from "./lab-folder.js";

/** Where the keys of the queues begin in Redis; REDIS_PREFIX chooses another. */
export const PREFIX = "lab:jobs";

/** How long finished jobs and their files are kept, in seconds. */
export const KEEP_SECONDS = 24 * 3600;

export interface JobSettings {
  /** In a form that `parseRedisUrl` knows. */
  readonly redisUrl: string;
  /** Where the keys of the queues begin. */
  readonly prefix: string;
  /** Absolute path of the folder that clients and workers share, or `s3://bucket/prefix`. */
  readonly mediaRoot: string;
}

/**
 * Reads the settings that clients and workers have in common: `REDIS_URL` (else the Redis that
 * `npm start` runs; never one that happens to listen on the default port), `REDIS_PREFIX` (else
 * `lab:jobs`) and `MEDIA_ROOT` (else `.lab/media` in the project).
 *
 * @throws {NoRedisUrlError} when neither tells which Redis
 * @throws {RedisUrlError | SettingError} for one that can be of no use
 */
export function jobSettings(env: NodeJS.ProcessEnv = process.env): JobSettings {
  const redisUrl = env["REDIS_URL"] || startedRedis();
  if (!redisUrl) throw new NoRedisUrlError();
  const prefix = env["REDIS_PREFIX"] || PREFIX;
  if (!/^[\w:.{}-]{1,100}$/.test(prefix)) {
    throw new SettingError("REDIS_PREFIX", prefix, "letters, digits and any of _ : . - { }");
  }
  const mediaRoot = env["MEDIA_ROOT"] || labFiles(labFolder()).media;
  return {
    redisUrl,
    prefix: queuePrefix(parseRedisUrl(redisUrl), prefix),
    mediaRoot: isBucket(mediaRoot) ? mediaRoot : resolve(mediaRoot),
  };
}

/**
 * Reads a whole number from the environment.
 *
 * @throws {SettingError} for anything else, or one out of range
 */
export function numberSetting(
  env: NodeJS.ProcessEnv,
  variable: string,
  { fallback, min, max }: { fallback: number; min: number; max: number },
): number {
  const value = env[variable];
  if (value === undefined || value === "") return fallback;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new SettingError(variable, value, `a whole number from ${min} to ${max}`);
}
