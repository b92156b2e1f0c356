import type { Socket } from "node:net";
import type { Redis } from "ioredis";

/** Where a connection comes from, as Redis writes it in MONITOR and CLIENT LIST. */
export function addressOfClient({ stream }: Redis): string {
  const { localAddress = "", localPort } = stream as Partial<Socket>;
  return localAddress.includes(":")
    ? `[${localAddress}]:${localPort}`
    : `${localAddress}:${localPort}`;
}
