import { join } from "node:path";
import { ServerStartError } from "../errors.js";
import { GuardedProcess, type Exit } from "guarded-processes/guarded-process";

export interface ServiceProcess {
  readonly pid: number;
  /** The line that told that it is ready. */
  readonly readyLine: string;
  /** Resolves when the service has ended, by `stop` or by itself. */
  readonly exited: Promise<Exit>;
  /** The end of what it wrote. */
  readonly log: () => string;
  /** Ends it, with what it is at finished or handed back; may be called again. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** What a person calls it, such as "The worker". */
  readonly name: string;
  /** Name of the entry point in scripts/, which must be built. */
  readonly script: string;
  /** The project's folder. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** A line of its output that this matches tells that it is ready. */
  readonly ready: RegExp;
  /** Gets each line of its output; the last ones are kept anyway. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** A folder that is removed when this process dies without saying so. */
  readonly folder?: string | undefined;
  /** How long it may take to be ready, in milliseconds; default a minute. */
  readonly startMs?: number | undefined;
}

const KEPT_LINES = 50;
/** How long a service may take to end by itself before it is killed, in milliseconds. */
const STOP_MS = 15_000;

/**
 * Starts one of the project's own services as a process of its own, gone with this one even when
 * that is killed, and waits until it is ready.
 *
 * @throws {ServerStartError} with what it wrote
 */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const { name, root, env, ready, onLine, startMs = 60_000 } = options;
  // Loaded when a service starts: the runner starts none for most notebooks.
  const { createInterface } = await import("node:readline");
  const script = join(root, "dist", "scripts", `${options.script}.js`);
  const service = GuardedProcess.start(process.execPath, [script], {
    cwd: root,
    env,
    ...(options.folder !== undefined && { folder: options.folder }),
  });
  const lines: string[] = [];
  let onReady = (_line: string) => {};
  const readyLine = new Promise<string>((resolve) => (onReady = resolve));
  for (const stream of [service.child.stdout, service.child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      lines.splice(0, lines.length - KEPT_LINES);
      onLine?.(line);
      if (ready.test(line)) onReady(line);
    });
  }
  const log = () => lines.join("\n");
  const stop = async () => {
    await service.stop({ term: STOP_MS });
  };
  let late: NodeJS.Timeout | undefined;
  const outcome = await Promise.race([
    readyLine,
    service.exited.then(({ error }) => new Error(error?.message ?? "it ended at once")),
    new Promise<Error>((resolve) => {
      const reason = `it was not ready within ${startMs / 1000} s`;
      late = setTimeout(() => resolve(new Error(reason)), startMs);
    }),
  ]);
  clearTimeout(late);
  if (outcome instanceof Error) {
    await stop();
    throw new ServerStartError(name, outcome.message, log());
  }
  return { pid: service.child.pid ?? 0, readyLine: outcome, exited: service.exited, log, stop };
}
