import { connect, type NetConnectOpts } from "node:net";

/**
 * Asks whether a Redis answers on an address. Any reply counts, an error such as NOAUTH as well:
 * a server that answers is there.
 *
 * @param timeoutMs milliseconds for connecting and answering together
 * @throws {Error} why there was no answer
 */
export async function ping(address: NetConnectOpts, timeoutMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(address, () => socket.write("PING\r\n"));
    const timer = setTimeout(() => end(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once("error", end);
    socket.once("close", () => end(new Error("the connection was closed")));
    socket.once("data", (data) => {
      // A server that is loading its data says so; it is not ready.
      const reply = data.toString("latin1");
      if (reply.startsWith("-LOADING")) end(new Error("it is still loading its data"));
      else if (/^[+-]/.test(reply)) end();
      else end(new Error("what answers there is not Redis"));
    });
  });
}
