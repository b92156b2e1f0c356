import { Redis } from "ioredis";
import { until } from "../waiting.js";
import { freePort, LabServer } from "./lab-server.js";
import { programHaving, startNamed } from "./start-redis.js";

/** How long the nodes may take to agree, in milliseconds: Redis itself waits for two seconds. */
const AGREE_MS = 8000;
const SLOTS = 16_384;
const NODES = 3;

/** Three nodes that share all keys. */
export class LabCluster {
  constructor(readonly nodes: readonly LabServer[]) {}

  /** For `new Cluster(...)` of ioredis. */
  get addresses(): { host: string; port: number }[] {
    return this.nodes.map(({ port }) => ({ host: "127.0.0.1", port }));
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }
}

/**
 * Starts a cluster of three nodes without replicas, or gives the one of that name, if all its nodes
 * still run: a cluster needs over two seconds to begin. It is gone with `closeAll()`, and whenever
 * the kernel ends.
 */
export async function startCluster(name: string): Promise<LabCluster> {
  return startNamed(
    name,
    async () => {
      const program = await programHaving([]);
      const nodes = await Promise.all(
        Array.from({ length: NODES }, async () =>
          LabServer.start(program, {
            "cluster-enabled": "yes",
            // By default the port of clients and 10,000, which may be none.
            "cluster-port": String(await freePort()),
            "cluster-node-timeout": "2000",
            "cluster-require-full-coverage": "no",
          }),
        ),
      );
      await join(nodes);
      return new LabCluster(nodes);
    },
    ({ nodes }) => nodes.every(({ pid }) => pid !== undefined),
  );
}

async function join(nodes: readonly LabServer[]): Promise<void> {
  const clients = nodes.map(({ url }) => new Redis(url));
  try {
    const [first] = clients;
    await Promise.all(
      clients.map(async (client, index) => {
        const from = Math.ceil((index * SLOTS) / NODES);
        const to = Math.ceil(((index + 1) * SLOTS) / NODES) - 1;
        await client.cluster("ADDSLOTSRANGE", from, to);
        // Else all begin with the same, and have to sort it out among themselves.
        await client.cluster("SET-CONFIG-EPOCH", index + 1);
      }),
    );
    for (const { port } of nodes.slice(1)) {
      const bus = (await configOf(port)).toString();
      await first?.cluster("MEET", "127.0.0.1", port, bus as never);
    }
    const agree = async () => {
      const infos = await Promise.all(clients.map((client) => client.cluster("INFO")));
      return infos.every(
        (info) => info.includes("cluster_state:ok") && info.includes(`cluster_size:${NODES}`),
      );
    };
    await until(agree, "a cluster whose nodes agree", AGREE_MS, 25);
  } finally {
    for (const client of clients) client.disconnect();
  }
}

async function configOf(port: number): Promise<number> {
  const client = new Redis(port, "127.0.0.1");
  try {
    const [, value] = await client.config("GET", "cluster-port");
    return Number(value);
  } finally {
    client.disconnect();
  }
}
