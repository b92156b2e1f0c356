import { join } from "node:path";
import { createInterface } from "node:readline";
import { ServerStartError } from "./errors.js";
import { GuardedProcess, type Exit } from "./guarded-process.js";

export interface WorkerProcess {
  readonly pid: number;
  readonly isAlive: () => boolean;
  /** Resolves when the worker has ended, by `stop` or by itself. */
  readonly exited: Promise<Exit>;
  /** The end of what it wrote. */
  readonly log: () => string;
  /** Ends it, with the jobs at work finished or handed back; may be called again. */
  stop(): Promise<void>;
}

export interface WorkerProcessOptions {
  /** The project's folder; the worker must be built. */
  readonly root: string;
  /** What the worker reads its settings from, REDIS_URL and MEDIA_ROOT first of all. */
  readonly env: NodeJS.ProcessEnv;
  /** Gets each line of its log, as JSON; the last ones are kept anyway. */
  readonly onLine?: (line: string) => void;
  /** How long it may take to be ready, in milliseconds. */
  readonly startMs?: number;
}

const KEPT_LINES = 50;

/**
 * What a worker's process needs from its start. Without it the memory that each thread has once used
 * for a large picture stays with that thread: measured 550 MB instead of 400.
 */
export const WORKER_ENV = { MALLOC_ARENA_MAX: "2" } as const;

/**
 * Starts the worker of the background jobs as a process of its own, gone with this one even when
 * that is killed, and waits until it takes jobs.
 *
 * @throws {ServerStartError} with what the worker wrote
 */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { root, env, onLine, startMs = 60_000 } = options;
  const script = join(root, "dist", "scripts", "worker.js");
  const worker = GuardedProcess.start(process.execPath, [script], {
    cwd: root,
    // Its log tells when it is ready.
    env: { ...WORKER_ENV, ...env, LOG_LEVEL: "info" },
  });
  const lines: string[] = [];
  let onReady = () => {};
  const ready = new Promise<string | undefined>((resolve) => (onReady = () => resolve(undefined)));
  for (const stream of [worker.child.stdout, worker.child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      lines.splice(0, lines.length - KEPT_LINES);
      onLine?.(line);
      if (line.includes('"worker ready"')) onReady();
    });
  }
  const log = () => lines.join("\n");
  const stop = async () => {
    await worker.stop({ term: 15_000 });
  };
  let late: NodeJS.Timeout | undefined;
  const reason = await Promise.race([
    ready,
    worker.exited.then(({ error }) => error?.message ?? "it ended at once"),
    new Promise<string>((resolve) => {
      late = setTimeout(() => resolve(`it was not ready within ${startMs / 1000} s`), startMs);
    }),
  ]);
  clearTimeout(late);
  if (reason !== undefined) {
    await stop();
    throw new ServerStartError("The worker", reason, log());
  }
  const { exited, child } = worker;
  return { pid: child.pid ?? 0, isAlive: () => worker.exit === undefined, exited, log, stop };
}
