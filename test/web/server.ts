import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRedis } from "#lab/redis/find-redis.js";
import { startPrivateRedis, type PrivateRedisServer } from "#lab/redis/private-redis.js";
import { MARKER } from "#jobs/media.js";
import type { AccessSettings } from "#web/access/access-settings.js";
import { LIMITS, type Limits } from "#web/limits.js";
import { startWeb } from "#web/start.js";
import { root } from "../root.js";

/** @param port default: any */
export async function openTestRedis(port?: number): Promise<PrivateRedisServer> {
  const source = await findRedis({ root, env: { ...process.env, REDIS_URL: "" }, log: () => {} });
  if (source.kind !== "program") throw new Error("There is no Redis to start.");
  return startPrivateRedis(source.program, port === undefined ? undefined : async () => port);
}

export interface ServerOptions extends Partial<Limits> {
  readonly host?: string;
  readonly prefix?: string;
  readonly mediaRoot?: string;
  readonly access?: AccessSettings;
}

export interface TestServer {
  readonly url: string;
  readonly prefix: string;
  readonly mediaRoot: string;
  /** Paths of all files in the media folder. */
  readonly files: () => Promise<string[]>;
  /** What it has logged. */
  readonly log: readonly string[];
  readonly close: () => Promise<void>;
}

/** A server on any port, with a media folder and queues of its own. */
export async function openServer(
  redisUrl: string,
  { host = "127.0.0.1", prefix = `test:${randomUUID()}`, ...options }: ServerOptions = {},
): Promise<TestServer> {
  const { mediaRoot: given, access = {}, ...limits } = options;
  const mediaRoot = given ?? (await mkdtemp(join(tmpdir(), "web ż-")));
  const log: string[] = [];
  const server = await startWeb({
    ...access,
    redisUrl,
    mediaRoot,
    prefix,
    host,
    port: 0,
    limits: { ...LIMITS, ...limits },
    log: (line) => log.push(line),
  });
  const files = async () =>
    (await readdir(mediaRoot, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name !== MARKER)
      .map((entry) => join(entry.parentPath, entry.name));
  const close = async () => {
    await server.close();
    if (given === undefined) await rm(mediaRoot, { recursive: true, force: true });
  };
  return { url: server.url, prefix, mediaRoot, files, log, close };
}

/** The smallest PNG there is: one transparent pixel. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
