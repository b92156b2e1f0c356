import { ServerStartError } from "../errors.js";
import { freePortFrom } from "guarded-processes/free-port";
import { startService, type ServiceOptions, type ServiceProcess } from "./service-process.js";

export interface JobServices {
  /** Such as http://127.0.0.1:8000. */
  readonly uploadPage: string;
  /** Resolves when the worker or the upload page has ended by itself. */
  readonly ended: Promise<{ readonly name: string; readonly log: string }>;
  stop(): Promise<void>;
}

export interface JobServicesOptions {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Address at which the upload page listens; default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Gets what the worker says that a person should know. */
  readonly log: (line: string) => void;
}

const FIRST_PORT = 8000;
const TRIES = 5;

/**
 * What a worker's process needs from its start. Without it the memory that each thread has once used
 * for a large picture stays with that thread: measured 550 MB instead of 400.
 */
export const WORKER_ENV = { MALLOC_ARENA_MAX: "2" } as const;

/**
 * Starts the worker and the upload page on the Redis of `env`.
 *
 * @throws {ServerStartError} with what the one that failed wrote
 */
export async function openJobs(options: JobServicesOptions): Promise<JobServices> {
  const { root, host = "127.0.0.1" } = options;
  const env = { ...options.env, HOST: host };
  const starts = [
    startWorker({ root, env, onLine: tellTrouble(options.log) }),
    startUploadPage(root, env, host),
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
    return { uploadPage: web.readyLine.replace(/^.*: /, ""), ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** On the port of `env`, or on the first free one; another program may take that one before. */
async function startUploadPage(root: string, env: NodeJS.ProcessEnv, host: string) {
  for (let attempt = 1; ; attempt++) {
    const port = env["PORT"] || String(await freePortFrom(FIRST_PORT, host));
    const ready = /^Upload page: /;
    try {
      const pageEnv = { ...env, PORT: port };
      return await startService({
        name: "The upload page",
        script: "web",
        root,
        env: pageEnv,
        ready,
      });
    } catch (error) {
      const taken = error instanceof ServerStartError && /in use/i.test(error.log);
      if (!taken || env["PORT"] || attempt === TRIES) throw error;
    }
  }
}

/**
 * Starts a worker on the Redis and the media folder of `env`, and waits until it takes jobs.
 *
 * @throws {ServerStartError} with what it wrote
 */
export async function startWorker(
  options: Pick<ServiceOptions, "root" | "env" | "onLine" | "folder">,
): Promise<ServiceProcess> {
  // Its log tells when it is ready.
  const env = { ...WORKER_ENV, ...options.env, LOG_LEVEL: "info" };
  const ready = /"worker ready"/;
  return startService({ ...options, env, name: "The worker", script: "worker", ready });
}

/** Warnings and errors of the worker's log, which is JSON where no terminal reads it. */
function tellTrouble(log: (line: string) => void) {
  return (line: string) => {
    if (!line.startsWith("{")) return log(`worker: ${line}`);
    const { level = 0, msg = "" } = JSON.parse(line) as { level?: number; msg?: string };
    // pino: 40 is a warning.
    if (level >= 40) log(`worker: ${msg}`);
  };
}
