import { access } from "node:fs/promises";
import { JobClient } from "redis-lab-jobs";
import { expect, test } from "vitest";
import { parseNotebook } from "#runner/read/notebook.js";
import { needsWorker, withWorker } from "#lab/services/worker-slot.js";
import { findRedis, openRedis } from "#lab/redis/redis.js";
import { root } from "../../root.js";

const notebook = (metadata: object) =>
  parseNotebook("a.ipynb", JSON.stringify({ nbformat: 4, metadata, cells: [] }));
const wanting = notebook({ "redis-lab": { worker: true } });

test("a notebook says in its metadata that it needs a worker", () => {
  expect(needsWorker(wanting)).toBe(true);
  for (const other of [{}, { "redis-lab": {} }, { "redis-lab": { worker: "yes" } }]) {
    expect(needsWorker(notebook(other))).toBe(false);
  }
});

test("the worker serves that notebook only, and is gone with its folder afterwards", async () => {
  const env = { ...process.env, REDIS_URL: "", MEDIA_ROOT: "" };
  const server = await openRedis(await findRedis({ root, env, log: () => {} }));
  const plain = { env: { REDIS_URL: server.url }, stop: () => server.stop() };
  const slot = await withWorker(plain, { root, env, isShared: false });
  const client = new JobClient({ redisUrl: server.url });
  try {
    const answer = async (limitMs: number) =>
      client.awaitResult(await client.enqueue("multiply", { a: 6, b: 7 }), limitMs);
    await slot.beforeNotebook?.(notebook({}));
    await expect(answer(300)).rejects.toThrow("did not come");
    await slot.beforeNotebook?.(wanting);
    expect(await answer(20_000)).toBe(42);
    await slot.afterNotebook?.(wanting);
    await expect(answer(300)).rejects.toThrow("did not come");
    await access(String(slot.env["MEDIA_ROOT"]));
  } finally {
    await client.close();
    await slot.stop();
  }
  await expect(access(String(slot.env["MEDIA_ROOT"]))).rejects.toThrow("ENOENT");
});
