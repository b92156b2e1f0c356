import { openJobs } from "./services/job-services.js";
import { startJupyter, type JupyterServer } from "./jupyter/jupyter-server.js";
import { installJupyterLab } from "./jupyter/jupyter-lab-install.js";
import type { RedisServer } from "./redis/private-redis.js";
import { provideRedis } from "./redis/redis.js";
import { shareRedisUrl } from "./redis/shared-redis-url.js";
import type { VenvOptions } from "./python/venv.js";

export interface LabOptions extends VenvOptions {
  /** Exactly this port for JupyterLab; default: 8888, or the next one that is free. */
  readonly port?: number | undefined;
  /** Address at which JupyterLab and the upload page listen; default 127.0.0.1. */
  readonly host?: string | undefined;
  readonly openBrowser: boolean;
  /** Whether the worker and the upload page are started as well. */
  readonly jobs: boolean;
  readonly signal: AbortSignal;
}

export interface Lab {
  readonly redis: RedisServer & { readonly isPrivate: boolean };
  readonly jupyter: JupyterServer;
  /** Where the upload page is, when it was started. */
  readonly uploadPage: string | undefined;
  /** Resolves when JupyterLab has ended by itself, with its last words; the others are started again. */
  readonly ended: Promise<{ readonly log: string }>;
  stop(): Promise<void>;
}

/**
 * Opens the lab: Redis (a private one, or that of REDIS_URL), JupyterLab, and what does the
 * background jobs. All of it ends with this process, however that ends.
 *
 * @throws {NoJupyterLabError | NoRedisError | RedisUrlError} for what is missing
 * @throws {PortInUseError | ServerStartError} for what does not start
 */
export async function openLab(options: LabOptions): Promise<Lab> {
  const python = await installJupyterLab(options);
  const opened: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    // Last opened, first closed: the worker hands its jobs back while Redis is still there.
    for (const one of opened.splice(0).toReversed()) await one.stop();
  };
  const keep = <T extends { stop(): Promise<void> }>(one: T): T => {
    opened.push(one);
    return one;
  };
  try {
    const redis = keep(await provideRedis(options));
    keep(await shareRedisUrl(options.root, redis.url));
    const env = { ...options.env, REDIS_URL: redis.url };
    const starts = [
      startJupyter({ ...options, python, env }).then(keep),
      options.jobs ? openJobs({ ...options, env }).then(keep) : Promise.resolve(undefined),
    ] as const;
    // Both are waited for, so that the one is ended, too, when the other fails.
    await Promise.allSettled(starts);
    const [jupyter, jobs] = await Promise.all(starts);
    options.signal.throwIfAborted();
    return {
      redis: { ...redis, isPrivate: redis.source.kind === "program" },
      jupyter,
      uploadPage: jobs?.uploadPage,
      ended: jupyter.exited.then(() => ({ log: jupyter.log() })),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
