import { Redis } from "ioredis";
import { until } from "../waiting.js";
import { LabServer } from "./lab-server.js";
import { programHaving, startNamed } from "./start-redis.js";

/** How long the three may take to find each other, in milliseconds. */
const MEET_MS = 5000;

/** A primary, its replica, and a Sentinel that watches them. */
export class LabSentinel {
  constructor(
    readonly primary: LabServer,
    readonly replica: LabServer,
    readonly sentinel: LabServer,
  ) {}

  /** For ioredis, with `name: "lab"`. */
  get sentinels(): { host: string; port: number }[] {
    return [{ host: "127.0.0.1", port: this.sentinel.port }];
  }

  async stop(): Promise<void> {
    await Promise.all([this.sentinel, this.replica, this.primary].map((one) => one.stop()));
  }
}

/**
 * Starts a primary with one replica, and a Sentinel that calls them "lab" and takes the primary for
 * dead after 200 ms. They are gone with `closeAll()`, and whenever the kernel ends.
 *
 * @param name of the notebook's choice; what it has started under this name is ended first
 */
export async function startSentinel(name: string): Promise<LabSentinel> {
  return startNamed(name, async () => {
    const program = await programHaving([]);
    // A replica would wait five seconds for others that want the same copy.
    const settings = { "repl-diskless-sync-delay": "0", "repl-ping-replica-period": "1" };
    const primary = await LabServer.start(program, settings);
    const replica = await LabServer.start(program, settings);
    await ask(replica, async (client) => {
      await client.replicaof("127.0.0.1", primary.port);
      const isLinked = async () =>
        (await client.info("replication")).includes("master_link_status:up");
      await until(isLinked, "a replica that follows its primary", MEET_MS);
    });
    const conf = [
      `sentinel monitor lab 127.0.0.1 ${primary.port} 1`,
      "sentinel down-after-milliseconds lab 200",
      "sentinel failover-timeout lab 2000",
    ].join("\n");
    const sentinel = await LabServer.start(
      program,
      {},
      { extra: ["sentinel.conf", "--sentinel"], files: { "sentinel.conf": conf } },
    );
    await ask(sentinel, async (client) => {
      // It would look every second, and at the replica every ten. A replica that it has not heard of
      // for five periods counts as no good: on a busy machine they must not be too short.
      await client.call("SENTINEL", "DEBUG", "INFO-PERIOD", "100", "PING-PERIOD", "400");
      const knowsReplica = async () => {
        const replicas = (await client.call("SENTINEL", "REPLICAS", "lab")) as unknown[];
        return replicas.length === 1;
      };
      await until(knowsReplica, "a Sentinel that knows the replica", MEET_MS);
    });
    return new LabSentinel(primary, replica, sentinel);
  });
}

async function ask<T>(server: LabServer, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(server.url, { enableReadyCheck: false });
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
