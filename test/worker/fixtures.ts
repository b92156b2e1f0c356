import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { JobClient } from "redis-lab-jobs";
import { MARKER } from "#jobs/media.js";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll } from "vitest";
import { openPromise } from "yauzl";
import { findRedis, openRedis } from "#lab/redis/redis.js";
import { openLog } from "#worker/log.js";
import type { WorkerSettings } from "#worker/settings.js";
import { startWorker, type RunningWorker } from "#worker/start-worker.js";
import { root } from "../root.js";

/** A Redis and a media folder for a test file; the folder's name has a space and an accent. */
export function lab() {
  let server: Awaited<ReturnType<typeof openRedis>>;
  let mediaRoot = "";
  const open: { close(): Promise<unknown> }[] = [];
  beforeAll(async () => {
    const env = { ...process.env, REDIS_URL: "" };
    server = await openRedis(await findRedis({ root, env, log: () => {} }));
    mediaRoot = await mkdtemp(join(tmpdir(), "media ż-"));
  });
  afterAll(async () => {
    await Promise.all(open.map((one) => one.close()));
    await server.stop();
    await rm(mediaRoot, { recursive: true, force: true });
  });
  /** Settings with queues of their own. */
  const settings = (): WorkerSettings & { prefix: string } => ({
    redisUrl: server.url,
    mediaRoot,
    prefix: `test:${randomUUID()}`,
    concurrency: 2,
    lockMs: 1500,
    stopMs: 5000,
    keepSeconds: 3600,
    storageRetryMs: 200,
    metricsPort: 0,
  });
  const client = ({ redisUrl, prefix }: { redisUrl: string; prefix?: string }) => {
    const opened = new JobClient({ redisUrl, ...(prefix && { prefix }) });
    open.push(opened);
    return opened;
  };
  const worker = async (wanted: WorkerSettings): Promise<RunningWorker> => {
    const started = await startWorker(wanted, openLog("silent", false));
    open.push({ close: () => started.stop() });
    return started;
  };
  return {
    settings,
    client,
    worker,
    url: () => server.url,
    mediaRoot: () => mediaRoot,
    /** All files below the media folder. */
    files: async () => {
      const entries = await readdir(mediaRoot, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && entry.name !== MARKER)
        .map(({ name }) => name);
    },
  };
}

/** A picture of noise, which no format packs away. */
export function noise(width: number, height: number): Sharp {
  const type = { type: "gaussian", mean: 128, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, background: "#000", noise: type } });
}

/** Red on the left half, transparent on the right. */
export function halfTransparent(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    if (i % width < width / 2) pixels.set([255, 0, 0, 255], i * 4);
  }
  return sharp(pixels, { raw: { width, height, channels: 4 } });
}

/** The entries of a zip in their order; every checksum is compared. */
export async function unzip(file: string): Promise<{ name: string; bytes: Buffer }[]> {
  const zip = await openPromise(file);
  const entries: { name: string; bytes: Buffer }[] = [];
  for await (const entry of zip.eachEntry()) {
    const bytes = await buffer(await zip.openReadStreamPromise(entry));
    if (crc32(bytes) !== entry.crc32) throw new Error(`${entry.fileName} is broken`);
    entries.push({ name: entry.fileName, bytes });
  }
  return entries;
}
