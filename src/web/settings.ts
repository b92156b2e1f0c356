import { jobSettings, numberSetting, type JobSettings } from "redis-lab-jobs";

export interface WebSettings extends JobSettings {
  /** Address or name to listen at. */
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
}

/**
 * Reads the settings of the upload page: `HOST` (else 127.0.0.1: nobody but this machine), `PORT`
 * (else 8000), and those of the jobs, `REDIS_URL`,
 * `REDIS_PREFIX` and `MEDIA_ROOT`.
 *
 * @throws {SettingError} for a port that is none
 */
export function webSettings(env: NodeJS.ProcessEnv = process.env): WebSettings {
  return {
    ...jobSettings(env),
    host: env["HOST"]?.trim() || "127.0.0.1",
    port: numberSetting(env, "PORT", { standard: 8000, min: 0, max: 65_535 }),
  };
}
