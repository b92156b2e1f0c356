import { once } from "node:events";
import { connect as connectTcp, type AddressInfo, type Socket } from "node:net";
import { createServer } from "node:tls";
import { startNamed, startRedis } from "./start-redis.js";

/** A Redis behind TLS. */
export interface LabTls {
  readonly port: number;
  /** `rediss://127.0.0.1:port` */
  readonly url: string;
  /** The certificate, in PEM, as the option `ca` takes it. */
  readonly certificate: string;
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * Starts a Redis of the notebook's own, and TLS before it, as hosted services have: not every
 * redis-server can do TLS itself. Both are gone with `closeAll()`.
 *
 * @param name of the notebook's choice; what it has started under this name is ended first
 */
export async function startTls(name: string): Promise<LabTls> {
  const behind = await startRedis(`${name} behind TLS`);
  return startNamed(name, async () => {
    const { generate } = await import("selfsigned");
    const { cert, private: key } = await generate([{ name: "commonName", value: "redis-lab" }], {
      keyType: "ec",
      notAfterDate: new Date(Date.now() + DAY_MS),
      extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
    });
    const sockets = new Set<Socket>();
    const server = createServer({ cert, key }, (secure) => {
      const plain = connectTcp(behind.port, "127.0.0.1");
      for (const [from, to] of [
        [secure, plain],
        [plain, secure],
      ] as const) {
        from.pipe(to);
        from.on("error", () => to.destroy());
      }
    });
    // Those who do not speak TLS are refused, and nobody need be told.
    server.on("tlsClientError", () => {});
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    });
    server.listen(0, "127.0.0.1").unref();
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const stop = async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((closed) => server.close(closed));
    };
    return { port, url: `rediss://127.0.0.1:${port}`, certificate: cert, stop };
  });
}
