import { fileURLToPath } from "node:url";
import { freePortFrom } from "guarded-processes/free-port";
import { WORKER_ENV } from "redis-lab-worker/settings";
import { ServerStartError } from "../errors.js";
import { startService, type ServiceOptions, type ServiceProcess } from "./service-process.js";
import { supervise } from "./supervise.js";

export interface JobServices {
  /** Such as http://127.0.0.1:8000. */
  readonly uploadPage: string;
  stop(): Promise<void>;
}

export interface JobServicesOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Address at which the upload page listens; default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Gets what a person should know: of the worker, and of one that ended and is started again. */
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
  const env: NodeJS.ProcessEnv = { ...options.env, HOST: host };
  const { log } = options;
  const onNotice = (notice: string) => log(`worker: ${notice}`);
  let port = env["PORT"] ?? "";
  const starts = [
    supervise({ name: "The worker", start: () => startWorker({ env, onNotice }), log }),
    supervise({
      name: "The upload page",
      log,
      start: async () => {
        const page = await startUploadPage({ ...env, PORT: port }, host);
        // Those who have it open find it again.
        port = new URL(page.url ?? "").port;
        return page;
      },
    }),
  ] as const;
  const settled = await Promise.allSettled(starts);
  const stop = async () => {
    const started = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await Promise.all(started.map((one) => one.stop()));
  };
  try {
    const [, page] = await Promise.all(starts);
    return { uploadPage: page.first.url ?? "", stop };
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
