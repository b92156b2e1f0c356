import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { JobClient } from "redis-lab-jobs";
import sharp from "sharp";
import { findRedis, openRedis } from "redis-lab-start/redis/redis";
import { CelerySide } from "./jobs/celery-side.js";
import { OwnSide } from "./jobs/own-side.js";
import { report, type Measured } from "./jobs/report.js";

// This worker against Celery with Pillow: the same work, from the same Redis, on the same cores, in
// turn. Usage: npm run bench:jobs [-- ROUNDS]. Prints jobs a second, latencies and ratios.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rounds = Number(process.argv[2] ?? 3);
const python = join(root, "bench", ".venv", "bin", "python");

if (spawnSync(python, ["-c", "import celery, PIL, redis"]).status !== 0) {
  console.error("Installing Celery and Pillow into bench/.venv (once) ...");
  const venv = join(root, "bench", ".venv");
  must("python3", ["-m", "venv", venv]);
  must(python, ["-m", "pip", "install", "-q", "-r", join(root, "bench", "requirements.txt")]);
}
const folder = await mkdtemp(join(tmpdir(), "redis-lab-bench-"));
const redis = await openRedis(await findRedis({ root, env: process.env, log: console.error }));
const env = { ...process.env, REDIS_URL: redis.url, MEDIA_ROOT: folder, LOG_LEVEL: "info" };
const stops: (() => Promise<unknown>)[] = [];
try {
  for (const name of ["incoming", "archives", "working"]) await mkdir(join(folder, name));
  const pictures = {
    small: await picture(327, 244),
    photo: await picture(4000, 3000),
  };
  const client = new JobClient({ redisUrl: redis.url });
  stops.push(() => client.close());
  const sides = [
    await OwnSide.start({ env, client, folder, stops }),
    await CelerySide.start({ root, env, python, folder, stops }),
  ];
  const measured: Measured[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const side of sides) {
      const result = await side.measure(pictures);
      // The first round warms up.
      if (round > 0) measured.push(result);
    }
  }
  report(measured);
} finally {
  for (const stop of stops.toReversed()) await stop();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
}

/** A picture with the detail of a photo: smooth colours, edges, and a little noise. */
async function picture(width: number, height: number): Promise<Buffer> {
  const scene = await sharp(join(root, "notebooks", "pictures", "lake.jpg"))
    .resize(width, height)
    .toBuffer();
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 128, sigma: 12 },
    },
  })
    .png()
    .toBuffer();
  return sharp(scene)
    .composite([{ input: noise, blend: "soft-light" }])
    .jpeg({ quality: 88 })
    .toBuffer();
}

function must(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(" ")} failed.`);
}
