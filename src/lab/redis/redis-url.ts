import type { NetConnectOpts } from "node:net";
import { RedisUrlError } from "../errors.js";
import { ping } from "./ping.js";

const ANSWER_MS = 2000;

/**
 * Checks that a Redis answers at a URL.
 *
 * @param text `redis://[user:password@]host[:port][/db]`, the same with `rediss:` (TLS), or
 *   `unix:///path/of/socket`
 * @throws {RedisUrlError} within about 2 s
 */
export async function checkRedisUrl(text: string): Promise<void> {
  const shown = withoutPassword(text);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The cause is left out: it quotes the URL with its password.
    throw new RedisUrlError(shown, "that is not a URL");
  }
  if (!/^(rediss?|unix):\/\//i.test(text)) {
    throw new RedisUrlError(shown, "its scheme is not redis://, rediss:// or unix://");
  }
  try {
    await ping({ ...addressOf(url), tls: url.protocol === "rediss:" }, ANSWER_MS);
  } catch (error) {
    throw new RedisUrlError(shown, `no Redis answers there (${reasonOf(error as Error)})`, {
      cause: error,
    });
  }
}

function addressOf(url: URL): NetConnectOpts {
  if (url.protocol === "unix:") return { path: decodeURIComponent(url.pathname) };
  const host = url.hostname.replace(/^\[|\]$/g, "") || "localhost";
  return { host, port: Number(url.port || 6379) };
}

/** Made for text that may be no URL at all, and may have an `@` in its password. */
function withoutPassword(text: string): string {
  return text.replace(/^([^/]*\/\/[^:/]*:).*@/, "$1***@");
}

/** A host of several addresses fails with several errors and no message; TLS has a short reason. */
function reasonOf(error: Error & { code?: string; reason?: string }): string {
  return error.reason || error.message || error.code || "no connection";
}
