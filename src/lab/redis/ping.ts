import { connect, type NetConnectOpts } from "node:net";

/** Where a Redis listens: a TCP address or a Unix socket, perhaps with TLS. */
export type RedisAddress = NetConnectOpts & { readonly tls?: boolean };

/**
 * Sends one command without arguments that need quoting, and gives the first part of the reply.
 *
 * @param timeoutMs milliseconds for connecting and answering together
 * @returns the reply as RESP, such as `+PONG\r\n`
 * @throws {Error} why there was no answer
 */
export async function ask(address: RedisAddress, command: string, timeoutMs: number) {
  // Loaded when asked for: it takes more than a megabyte.
  const tls = address.tls ? await import("node:tls") : undefined;
  return new Promise<string>((resolve, reject) => {
    // Whether the certificate is trusted is for the client to judge; no secret is sent here.
    const socket = tls ? tls.connect({ ...address, rejectUnauthorized: false }) : connect(address);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      settle();
    };
    const fail = (error: Error) => end(() => reject(error));
    const timer = setTimeout(() => fail(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    socket.once("error", fail);
    socket.once("close", () => fail(new Error("the connection was closed")));
    socket.once("data", (data) => end(() => resolve(data.toString("latin1"))));
    socket.write(`${command}\r\n`);
  });
}

/**
 * Asks whether a Redis answers on an address. One that wants a password first is there as well.
 *
 * @param timeoutMs milliseconds for connecting and answering together
 * @throws {Error} why there was no answer, or what else answered
 */
export async function ping(address: RedisAddress, timeoutMs: number): Promise<void> {
  const reply = await ask(address, "PING", timeoutMs);
  if (/^(\+PONG|-NOAUTH|-NOPERM)/.test(reply)) return;
  // Such as LOADING, or DENIED in protected mode: Redis itself says why it cannot be used.
  if (reply.startsWith("-")) throw new Error(reply.slice(1).split("\r\n", 1)[0]);
  throw new Error("what answers there is not Redis");
}
