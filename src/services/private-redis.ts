import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ServerStartError } from "./errors.js";
import { GuardedProcess } from "./guarded-process.js";
import { ping } from "./ping.js";
import { removeFolder, temporaryFolder } from "./temporary-folder.js";

export interface RedisServer {
  /** `redis://host:port`, for every client. */
  readonly url: string;
  /** Ends a server that was started here, and removes its folder; may be called again. */
  stop(): Promise<void>;
}

export interface PrivateRedisServer extends RedisServer {
  readonly port: number;
  readonly pid: number;
}

const START_MS = 10_000;
const TRIES = 5;

/**
 * Starts a Redis or Valkey of our own: loopback only, a free port, nothing on disk, gone with this
 * process even when that is killed. The lab needs `noeviction`, which BullMQ demands.
 *
 * @param program path of redis-server or valkey-server
 * @param choosePort finds a port; another program may take it before the server does
 * @throws {ServerStartError} with what the server wrote
 */
export async function startPrivateRedis(
  program: string,
  choosePort: () => Promise<number> = freePort,
): Promise<PrivateRedisServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await choosePort(), program);
    } catch (error) {
      const taken = error instanceof ServerStartError && /in use/i.test(error.log);
      if (!taken || attempt === TRIES) throw error;
    }
  }
}

async function startOn(port: number, program: string): Promise<PrivateRedisServer> {
  const folder = await temporaryFolder("redis-lab-redis");
  const server = GuardedProcess.start(program, settings(port), { cwd: folder, folder });
  let log = "";
  for (const stream of [server.child.stdout, server.child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-20_000)));
  }
  const stop = async () => {
    // There is nothing to save, and on SIGTERM Redis waits for its next 100 ms tick.
    server.signal("SIGKILL");
    await server.stop();
    await removeFolder(folder);
  };
  const deadline = Date.now() + START_MS;
  for (;;) {
    const answered = await ping({ host: "127.0.0.1", port }, 1000).then(
      () => true,
      () => false,
    );
    // The answer counts only while our server lives: somebody else may hold the port.
    if (server.exit === undefined && answered) break;
    if (server.exit !== undefined || Date.now() > deadline) {
      const late = server.exit === undefined;
      await stop();
      const ended = server.exit?.error?.message ?? "it ended";
      throw new ServerStartError(program, late ? "it gave no answer within 10 s" : ended, log);
    }
    await sleep(5);
  }
  return { url: `redis://127.0.0.1:${port}`, port, pid: server.child.pid ?? 0, stop };
}

function settings(port: number): string[] {
  const values = {
    port: String(port),
    bind: "127.0.0.1",
    "protected-mode": "yes",
    save: "",
    appendonly: "no",
    "maxmemory-policy": "noeviction",
    daemonize: "no",
    logfile: "",
  };
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
}

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
