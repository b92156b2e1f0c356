import { resolve } from "node:path";
import { NoRedisUrlError, SettingError } from "./errors.js";
import { labFiles, labFolder, startedRedis } from "./lab-folder.js";

/** Where the keys of the queues begin in Redis; tests use one of their own. */
export const PREFIX = "lab:jobs";

/** How long finished jobs and their files are kept, in seconds. */
export const KEEP_SECONDS = 24 * 3600;

export interface JobSettings {
  /** `redis://[user:password@]host[:port][/db]`. */
  readonly redisUrl: string;
  /** Absolute path of the folder that clients and workers share. */
  readonly mediaRoot: string;
}

/**
 * Reads the settings that clients and workers have in common: `REDIS_URL` (else the Redis that
 * `npm start` runs; never one that happens to listen on the default port) and `MEDIA_ROOT` (else
 * `.lab/media` in the project).
 *
 * @throws {NoRedisUrlError} when neither tells which Redis
 */
export function jobSettings(env: NodeJS.ProcessEnv = process.env): JobSettings {
  const redisUrl = env["REDIS_URL"] || startedRedis();
  if (!redisUrl) throw new NoRedisUrlError();
  return {
    redisUrl,
    mediaRoot: resolve(env["MEDIA_ROOT"] || labFiles(labFolder()).media),
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
  { standard, min, max }: { standard: number; min: number; max: number },
): number {
  const value = env[variable];
  if (value === undefined || value === "") return standard;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new SettingError(variable, value, `a whole number from ${min} to ${max}`);
}
