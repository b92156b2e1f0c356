import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runChaos } from "../../bench/chaos/run-chaos.js";
import { findRedis } from "#lab/redis/find-redis.js";
import { root } from "../root.js";

// The same with a thousand jobs and twenty kills is `npm run bench:chaos`.
test("no job is lost or done twice when workers are killed and Redis is restarted", async () => {
  const env = { ...process.env, REDIS_URL: "" };
  const redis = await findRedis({ root, env, log: () => {} });
  if (redis.kind !== "program") throw new TypeError("REDIS_URL is empty: a program was expected.");
  const folder = await mkdtemp(join(tmpdir(), "chaos ż-"));
  try {
    const picture = await readFile(join(root, "notebooks", "pictures", "phone.jpg"));
    const log: string[] = [];
    const found = await runChaos({
      root,
      program: redis.program,
      folder,
      picture,
      jobs: 60,
      kills: 2,
      log: (line) => log.push(line),
    });
    expect(log).toContain("Redis was restarted");
    expect(found).toMatchObject({ lost: [], doneTwice: [], broken: [] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 300_000);
