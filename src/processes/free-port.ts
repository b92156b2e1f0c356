import { createServer, type AddressInfo } from "node:net";

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const port = await listen(0, "127.0.0.1");
  if (port === undefined) throw new Error("127.0.0.1 has no free port.");
  return port;
}

/** Whether a port can be listened at now. */
export async function isFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return (await listen(port, host)) !== undefined;
}

/** The first port from `first` on that was free a moment ago, or any free one after 50 tries. */
export async function freePortFrom(first: number, host = "127.0.0.1"): Promise<number> {
  for (let port = first; port < first + 50; port++) if (await isFree(port, host)) return port;
  return freePort();
}

function listen(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, host, () => {
      const { port: listening } = server.address() as AddressInfo;
      server.close(() => resolve(listening));
    });
  });
}
