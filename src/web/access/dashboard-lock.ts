import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { RefusedError } from "../errors.js";
import { isLoopback } from "../guard.js";
import type { AccessSettings } from "./access-settings.js";

/** What a proxy adds: a request that has one of them comes from elsewhere, whatever its address is. */
const FORWARDED = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

type Access = AccessSettings & { readonly host: string };

/**
 * Lets nobody but this machine see what is not for users, unless they have the password.
 *
 * @throws {RefusedError} 401 for no password or a wrong one, 403 where there is none to give
 */
export function checkInsider(request: FastifyRequest, reply: FastifyReply, access: Access): void {
  const { queuesPassword } = access;
  if (queuesPassword === undefined) {
    if (isFromHere(request, access)) return;
    throw new RefusedError(
      403,
      "From other machines this needs a password: start the upload page with QUEUES_PASSWORD set.",
    );
  }
  const [, sent = ""] = /^Basic +([\w+/=-]+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const password = Buffer.from(sent, "base64")
    .toString()
    .replace(/^[^:]*:/, "");
  if (sent !== "" && isSame(password, queuesPassword)) return;
  reply.header("www-authenticate", 'Basic realm="Queues", charset="UTF-8"');
  throw new RefusedError(401, "This needs the password that QUEUES_PASSWORD was set to.");
}

/** Behind a proxy all come from the proxy's address, which may be this machine's. */
function isFromHere(
  { headers, socket }: FastifyRequest,
  { host, publicUrl, trustProxy }: Access,
): boolean {
  const isAlone = isLoopback(host.toLowerCase()) && publicUrl === undefined;
  if (!isAlone || trustProxy !== undefined) return false;
  return isLoopback(socket.remoteAddress ?? "127.0.0.1") && !isForwarded({ headers });
}

/** Whether a proxy says that it has passed it on. */
export const isForwarded = ({ headers }: Pick<FastifyRequest, "headers">): boolean =>
  FORWARDED.some((name) => headers[name] !== undefined);

/** As long for any that is wrong. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
