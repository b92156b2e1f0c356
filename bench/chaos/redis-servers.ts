import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { findRedis } from "redis-lab-start/redis/find-redis";
import { freePort, isFree } from "guarded-processes/free-port";
import { GuardedProcess } from "guarded-processes/guarded-process";

const LIMIT_MS = 20_000;

/** As in redis.conf. */
export type Settings = Readonly<Record<string, string | readonly string[]>>;

export interface Server {
  readonly port: number;
  readonly url: string;
  /** A client for the test itself, with all permissions. */
  readonly admin: Redis;
  readonly process: GuardedProcess;
  /** Starts it again, on its data, after its process has ended. */
  restart(): Promise<Server>;
}

/** Real servers of Redis in a folder, for tests and fault runs; `stop` ends all. */
export class Servers {
  readonly #open: Server[] = [];

  constructor(
    /** redis-server, which can be a sentinel as well. */
    readonly program: string,
    readonly folder: string,
  ) {}

  /** @throws {Error} where there is no server to start */
  static async in(folder: string, root: string): Promise<Servers> {
    const env = { ...process.env, REDIS_URL: "" };
    const source = await findRedis({ root, env, log: () => {} });
    if (source.kind !== "program") throw new Error("There is no Redis to start.");
    return new Servers(source.program, folder);
  }

  /** @param settings the port is any that is free unless told */
  async start(settings: Settings = {}, admin: object = {}): Promise<Server> {
    const port = Number(settings["port"] ?? (await freePort()));
    const tls = settings["tls-port"] === undefined ? {} : { tls: { rejectUnauthorized: false } };
    const all = {
      port: String(port),
      bind: "127.0.0.1",
      dir: this.folder,
      save: "",
      dbfilename: `${port}.rdb`,
      "maxmemory-policy": "noeviction",
      ...settings,
    };
    const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value].flat());
    const server = GuardedProcess.start(this.program, args, { stdio: "ignore" });
    const used = Number(settings["tls-port"] ?? port);
    const again = () => this.start({ ...settings, port: String(port) }, admin);
    return this.#keep(server, used, { ...tls, ...admin }, again);
  }

  /** A sentinel of its own that watches one master alone. */
  async sentinel(name: string, master: number): Promise<Server> {
    const port = await freePort();
    const file = join(this.folder, `sentinel-${port}.conf`);
    const lines = [
      `port ${port}`,
      "bind 127.0.0.1",
      `dir "${this.folder}"`,
      `sentinel monitor ${name} 127.0.0.1 ${master} 1`,
      `sentinel down-after-milliseconds ${name} 1000`,
      `sentinel failover-timeout ${name} 5000`,
    ];
    await writeFile(file, `${lines.join("\n")}\n`);
    const args = [file, "--sentinel"];
    const server = GuardedProcess.start(this.program, args, { stdio: "ignore" });
    return this.#keep(server, port, {}, () => this.sentinel(name, master));
  }

  /** Three masters that share the slots. */
  async cluster(): Promise<Server[]> {
    const ports = [await clusterPort(), await clusterPort(), await clusterPort()];
    const nodes = await Promise.all(
      ports.map((port) =>
        this.start({
          port: String(port),
          "cluster-enabled": "yes",
          "cluster-config-file": `nodes-${port}.conf`,
          "cluster-node-timeout": "2000",
          appendonly: "yes",
          appenddirname: `aof-${port}`,
        }),
      ),
    );
    const [first] = nodes;
    const step = Math.ceil(16_384 / 3);
    for (const [i, node] of nodes.entries()) {
      const last = Math.min((i + 1) * step, 16_384) - 1;
      await node.admin.cluster("ADDSLOTSRANGE", i * step, last);
      await node.admin.call("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
      if (i > 0) await first?.admin.cluster("MEET", "127.0.0.1", node.port);
    }
    for (const node of nodes) {
      await until(async () => (await node.admin.cluster("INFO")).includes("cluster_state:ok"));
    }
    return nodes;
  }

  async stop(): Promise<void> {
    for (const { admin, process } of this.#open.splice(0)) {
      admin.disconnect();
      process.signal("SIGKILL");
      await process.stop();
    }
  }

  async #keep(
    process: GuardedProcess,
    port: number,
    options: object,
    again: () => Promise<Server>,
  ): Promise<Server> {
    const admin = new Redis({ port, host: "127.0.0.1", retryStrategy: () => 50, ...options });
    admin.on("error", () => {});
    const restart = async () => {
      await process.stop();
      return again();
    };
    const server = { port, url: `redis://127.0.0.1:${port}`, admin, process, restart };
    this.#open.push(server);
    const ended = process.exited.then(() => {
      throw new Error(`The server on port ${port} ended by itself.`);
    });
    // Later it is meant to end.
    ended.catch(() => {});
    await Promise.race([until(async () => (await admin.ping()) === "PONG"), ended]);
    return server;
  }
}

/** The nodes of a cluster talk on a second port, 10000 above. */
async function clusterPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 30_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

/** Waits for what a server has yet to learn. */
export async function until(isSo: () => Promise<boolean>, limitMs = LIMIT_MS): Promise<void> {
  for (const deadline = Date.now() + limitMs; ; await sleep(20)) {
    if (await isSo().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error("It did not happen in time.");
  }
}

/** A certificate for 127.0.0.1, signed by itself; openssl is asked for it. */
export function certificate(folder: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
  execFileSync("openssl", [...args, "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { cert, key };
}
