import { jobSettings, numberSetting, type JobSettings } from "redis-lab-jobs";
import { accessSettings, type AccessSettings } from "./access/access-settings.js";

export interface WebSettings extends JobSettings, AccessSettings {
  /** Address or name to listen at. */
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
}

/**
 * Reads the settings of the upload page: `HOST` (else 127.0.0.1: nobody but this machine), `PORT`
 * (else 8000), those of `accessSettings`, and those of the jobs, `REDIS_URL`, `REDIS_PREFIX` and
 * `MEDIA_ROOT`.
 *
 * @throws {SettingError} for what cannot be used
 */
export function webSettings(env: NodeJS.ProcessEnv = process.env): WebSettings {
  return {
    ...jobSettings(env),
    ...accessSettings(env),
    host: env["HOST"]?.trim() || "127.0.0.1",
    port: numberSetting(env, "PORT", { fallback: 8000, min: 0, max: 65_535 }),
  };
}
