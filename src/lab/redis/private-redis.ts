import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ServerStartError } from "../errors.js";
import { freePort } from "guarded-processes/free-port";
import { guardedFolder, GuardedProcess, type Exit } from "guarded-processes/guarded-process";
import { OutputTail } from "guarded-processes/output-tail";
import { ask } from "./ping.js";
import { removeFolder } from "guarded-processes/temporary-folder";

export interface RedisServer {
  /** `redis://host:port`, for every client. */
  readonly url: string;
  /** Resolves when a server that was started here has ended, by `stop` or by itself. */
  readonly exited?: Promise<Exit>;
  /** Ends a server that was started here, and removes its folder; may be called again. */
  stop(): Promise<void>;
}

export interface PrivateRedisServer extends RedisServer {
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<Exit>;
}

const TRIES = 5;

/**
 * Starts a Redis or Valkey of our own: loopback only, a free port, nothing on disk, gone with this
 * process even when that is killed. The lab needs `noeviction`, which BullMQ demands.
 *
 * @param program path of redis-server or valkey-server
 * @param choosePort finds a port; another program may take it before the server does
 * @param password what clients have to give; default none
 * @param startMs how long the server may take to answer, in milliseconds
 * @throws {ServerStartError} with what the server wrote
 */
export async function startPrivateRedis(
  program: string,
  choosePort: () => Promise<number> = freePort,
  startMs = 10_000,
  password?: string,
): Promise<PrivateRedisServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await choosePort(), program, startMs, password);
    } catch (error) {
      const taken = error instanceof ServerStartError && /in use/i.test(error.log);
      if (!taken || attempt === TRIES) throw error;
    }
  }
}

async function startOn(port: number, program: string, startMs: number, password?: string) {
  const guarded = guardedFolder("redis-lab-redis");
  const { path: folder } = guarded;
  // A password comes by stdin ("-"): what a process was started with can be read by every user.
  const server = GuardedProcess.start(program, [...(password ? ["-"] : []), ...settings(port)], {
    cwd: folder,
    folder: guarded,
    stdio: ["pipe", "pipe", "pipe"],
  });
  server.child.stdin?.on("error", () => {}).end(password && `requirepass ${password}\n`);
  const output = new OutputTail(server.child);
  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= (async () => {
      // There is nothing to save, and on SIGTERM Redis waits for its next 100 ms tick.
      server.signal("SIGKILL");
      await server.stop();
      await removeFolder(folder);
      await guarded.release();
    })());
  const deadline = performance.now() + startMs;
  const ended = server.exited.then(() => false);
  while (!(await Promise.race([isOurs(port, folder, password), ended]))) {
    const late = performance.now() > deadline;
    if (server.exit === undefined && !late) {
      await sleep(5);
      continue;
    }
    const reason = server.exit
      ? describe(server.exit)
      : `it gave no answer on port ${port} within ${startMs / 1000} s`;
    await stop();
    throw new ServerStartError(program, reason, await output.complete());
  }
  const url = `redis://${password ? `:${password}@` : ""}127.0.0.1:${port}`;
  return { url, port, pid: server.child.pid ?? 0, exited: server.exited, stop };
}

/** Another Redis may hold the port, but it cannot have our folder. */
async function isOurs(port: number, folder: string, password?: string): Promise<boolean> {
  const address = { host: "127.0.0.1", port };
  // Nobody else knows the password.
  if (password) return (await ask(address, `AUTH ${password}`, 1000).catch(() => "")) === "+OK\r\n";
  const reply = await ask(address, "CONFIG GET dir", 1000).catch(() => "");
  return reply.includes(basename(folder));
}

/** With settings as arguments and no file's name before them, no configuration file is read. */
function settings(port: number): string[] {
  const values = {
    port: String(port),
    bind: "127.0.0.1",
    "protected-mode": "yes",
    save: "",
    appendonly: "no",
    "maxmemory-policy": "noeviction",
    daemonize: "no",
    loglevel: "notice",
    logfile: "",
  };
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
}

function describe({ code, signal, error }: Exit): string {
  if (error) return error.message;
  return signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
}
