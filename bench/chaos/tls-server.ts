import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type AddressInfo, type Socket } from "node:net";
import { createServer } from "node:tls";
import type { Server } from "./redis-servers.js";

export interface TlsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * TLS before a server, as hosted services have it: the Valkey of PyPI is built without.
 *
 * @param requestCert whether clients must show a certificate of the same authority
 */
export async function tlsBefore(
  { port: behind }: Server,
  { cert, key }: { readonly cert: string; readonly key: string },
  requestCert: boolean,
): Promise<TlsServer> {
  const [own, ownKey] = [readFileSync(cert), readFileSync(key)];
  const sockets = new Set<Socket>();
  const options = { cert: own, key: ownKey, ca: own, requestCert, rejectUnauthorized: requestCert };
  const server = createServer(options, (secure) => {
    const plain = connect(behind, "127.0.0.1");
    secure.pipe(plain).pipe(secure);
    secure.on("error", () => plain.destroy());
    plain.on("error", () => secure.destroy());
  });
  server.on("tlsClientError", () => {});
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  };
  return { port, close };
}
