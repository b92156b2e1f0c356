import { GuardedProcess, type Exit } from "guarded-processes/guarded-process";
import type { ServiceMessage } from "guarded-processes/service-message";
import { settlesWithin } from "guarded-processes/time-limit";
import { ServerStartError } from "../errors.js";

export interface ServiceProcess {
  readonly pid: number;
  /** Where it can be visited, if it said so. */
  readonly url: string | undefined;
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
  /** The JavaScript file that is started; it tells by a `ServiceMessage` when it is ready. */
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gets what a person should know of it. */
  readonly onNotice?: ((notice: string) => void) | undefined;
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
  const { name, program, env, onNotice, startMs = 60_000 } = options;
  // Loaded when a service starts: the runner starts none for most notebooks.
  const { createInterface } = await import("node:readline");
  const service = GuardedProcess.start(process.execPath, [program], {
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    ...(options.folder !== undefined && { folder: options.folder }),
  });
  const lines: string[] = [];
  for (const stream of [service.child.stdout, service.child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      lines.splice(0, lines.length - KEPT_LINES);
    });
  }
  const log = () => lines.join("\n");
  let isPortInUse = false;
  const ready = new Promise<{ url?: string }>((resolve) => {
    service.child.on("message", (message: ServiceMessage) => {
      if ("ready" in message) resolve(message);
      else if ("notice" in message) onNotice?.(message.notice);
      else isPortInUse = true;
    });
  });
  const stop = async () => {
    await service.stop({ term: STOP_MS });
  };
  const inTime = await settlesWithin(Promise.race([ready, service.exited]), startMs);
  if (!inTime || service.exit) {
    const { exit } = service;
    const late = `it was not ready within ${startMs / 1000} s`;
    await stop();
    throw new ServerStartError(
      name,
      exit ? (exit.error?.message ?? "it ended at once") : late,
      log(),
      exit?.code,
      isPortInUse,
    );
  }
  const { url } = await ready;
  return { pid: service.child.pid ?? 0, url, exited: service.exited, log, stop };
}
