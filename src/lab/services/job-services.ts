import { fileURLToPath } from "node:url";
import { freePortFrom } from "guarded-processes/free-port";
import { WORKER_ENV } from "redis-lab-worker/settings";
import { ServerStartError } from "../errors.js";
import { startService, type ServiceOptions, type ServiceProcess } from "./service-process.js";

export interface JobServices {
  /** Such as http://127.0.0.1:8000. */
  readonly uploadPage: string;
  /** Resolves when the worker or the upload page has ended by itself. */
  readonly ended: Promise<{ readonly name: string; readonly log: string }>;
  stop(): Promise<void>;
}

export interface JobServicesOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Address at which the upload page listens; default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Gets what the worker says that a person should know. */
  readonly log: (line: string) => void;
}

const FIRST_PORT = 8000;
const TRIES = 5;

/**
 * Starts the worker and the upload page on the Redis of `env`.
 *
 * @throws {ServerStartError} with what the one that failed wrote
 */
export async function openJobs(options: JobServicesOptions): Promise<JobServices> {
  const { host = "127.0.0.1" } = options;
  const env = { ...options.env, HOST: host };
  const starts = [
    startWorker({ env, onNotice: (notice) => options.log(`worker: ${notice}`) }),
    startUploadPage(env, host),
  ] as const;
  const settled = await Promise.allSettled(starts);
  const stop = async () => {
    const started = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await Promise.all(started.map((one) => one.stop()));
  };
  try {
    const [worker, web] = await Promise.all(starts);
    const ended = Promise.race([
      worker.exited.then(() => ({ name: "The worker", log: worker.log() })),
      web.exited.then(() => ({ name: "The upload page", log: web.log() })),
    ]);
    return { uploadPage: web.url ?? "", ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** On the port of `env`, or on the first free one; another program may take that one before. */
async function startUploadPage(env: NodeJS.ProcessEnv, host: string) {
  for (let attempt = 1; ; attempt++) {
    const port = env["PORT"] || String(await freePortFrom(FIRST_PORT, host));
    try {
      return await startService({
        name: "The upload page",
        program: fileURLToPath(import.meta.resolve("redis-lab-web/main")),
        env: { ...env, PORT: port },
      });
    } catch (error) {
      const isTaken = error instanceof ServerStartError && error.isPortInUse;
      if (!isTaken || env["PORT"] || attempt === TRIES) throw error;
    }
  }
}

/**
 * Starts a worker on the Redis and the media folder of `env`, and waits until it takes jobs.
 *
 * @throws {ServerStartError} with what it wrote
 */
export async function startWorker(
  options: Pick<ServiceOptions, "env" | "onNotice" | "folder">,
): Promise<ServiceProcess> {
  const env = { ...WORKER_ENV, ...options.env };
  const program = fileURLToPath(import.meta.resolve("redis-lab-worker/main"));
  return startService({ ...options, env, name: "The worker", program });
}
