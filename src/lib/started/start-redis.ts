import { Redis } from "ioredis";
import { onCloseAll } from "../connections.js";
import { NoServerError } from "../errors.js";
import { LabServer } from "./lab-server.js";
import { serverPrograms } from "./server-programs.js";

export interface StartOptions {
  /** Settings of its configuration file, such as `{ maxmemory: "4mb" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Commands that it must know: not every Redis has them all. */
  readonly having?: readonly string[];
}

/** What a notebook has started, by name. */
const running = new Map<string, Promise<{ stop(): Promise<void> }>>();

/**
 * Starts a Redis of the notebook's own, empty and on a free port of this machine. It is gone with
 * `closeAll()`, and whenever the kernel ends.
 *
 * @param name of the notebook's choice; a server that it has started under this name is ended first,
 *   so that running a cell again leaves one server, not two
 * @throws {NoServerError} when no program here knows all the commands wanted
 */
export async function startRedis(name: string, options: StartOptions = {}): Promise<LabServer> {
  return startNamed(name, async () => {
    const program = await programHaving(options.having ?? []);
    return LabServer.start(program, options.settings ?? {});
  });
}

/**
 * Ends what has that name, then starts it anew.
 *
 * @param mayStay tells whether what runs already will do
 */
export async function startNamed<T extends { stop(): Promise<void> }>(
  name: string,
  start: () => Promise<T>,
  mayStay: (running: T) => boolean = () => false,
): Promise<T> {
  const before = running.get(name) as Promise<T> | undefined;
  const next = (async () => {
    const known = await before?.catch(() => undefined);
    if (known !== undefined && mayStay(known)) return known;
    await known?.stop();
    return start();
  })();
  running.set(name, next);
  onCloseAll(stopAll);
  return next;
}

async function stopAll(): Promise<void> {
  const all = [...running.values()];
  running.clear();
  await Promise.all(all.map(async (one) => (await one.catch(() => undefined))?.stop()));
}

/** What each program was found to know. */
const known = new Map<string, Promise<boolean>>();

export async function programHaving(commands: readonly string[]): Promise<string> {
  const programs = await serverPrograms();
  for (const program of programs) {
    if (commands.length === 0) return program;
    const key = [program, ...commands].join(" ");
    const knows = known.get(key) ?? knowsAll(program, commands);
    known.set(key, knows);
    if (await knows) return program;
  }
  throw new NoServerError(programs.length, commands);
}

async function knowsAll(program: string, commands: readonly string[]): Promise<boolean> {
  const server = await LabServer.start(program, {});
  const client = new Redis(server.url);
  try {
    const about = (await client.call("COMMAND", "INFO", ...commands)) as unknown[];
    return about.every((one) => one !== null);
  } finally {
    client.disconnect();
    await server.stop();
  }
}
