import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { RefusedError } from "./errors.js";

const WILDCARDS = new Set(["0.0.0.0", "::"]);
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** What of a request tells where it was sent to, and by whose page. */
export type Sender = Pick<FastifyRequest, "method" | "headers"> & {
  /** The Host header, or what a proxy that is trusted says in its place. */
  readonly host?: string | undefined;
};

/**
 * Refuses what another web site may have sent in its visitor's name.
 *
 * The Host must be a name of this server: a hostile site can let its own name lead here (DNS
 * rebinding), and then share our origin. What changes anything must come from our own pages: browsers
 * say where it comes from, and programs that do not say are not led by a web site.
 *
 * @param listensAt the configured HOST
 * @param publicUrl the origin under which users know the page, where it is another
 * @throws {RefusedError} 403
 */
export function checkSender(
  { method, headers, host = headers.host ?? "" }: Sender,
  listensAt: string,
  publicUrl?: string,
): void {
  const isPublic = publicUrl !== undefined && isAt(publicUrl, host);
  if (!isPublic && !isOwnHost(host, listensAt)) {
    throw new RefusedError(
      403,
      "This server does not answer to that host name. Use http://localhost or http://127.0.0.1 " +
        "with its port, or start it with HOST or PUBLIC_URL set to the name you want to use.",
    );
  }
  if (SAFE_METHODS.has(method)) return;
  const { origin, "sec-fetch-site": site } = headers;
  const isOwn =
    origin === undefined
      ? site === undefined || site === "same-origin" || site === "none"
      : origin.toLowerCase() === publicUrl || hostOf(origin) === host.toLowerCase();
  if (!isOwn) {
    throw new RefusedError(
      403,
      "That form was sent from another web site. Send it from this page.",
    );
  }
}

function isOwnHost(host: string, listensAt: string): boolean {
  if (!/^(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?$/i.test(host)) return false;
  const name = nameOf(host);
  if (isLoopback(name) || name === listensAt.toLowerCase()) return true;
  // A hostile site cannot let a bare address lead elsewhere.
  return WILDCARDS.has(listensAt) && isIP(name) !== 0;
}

/** Whether a name or an address leads to nowhere but this machine. */
export function isLoopback(name: string): boolean {
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return name === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(name);
}

/** A usual port may be told or left out. */
const isAt = (origin: string, host: string): boolean =>
  hostOf(origin) === host.toLowerCase().replace(origin.startsWith("https") ? /:443$/ : /:80$/, "");

const nameOf = (host: string) =>
  host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$|\.$/g, "");

/** Host and port of an origin, as the Host header has them; `null` is no origin. */
function hostOf(origin: string): string | undefined {
  return /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase())?.[1];
}
