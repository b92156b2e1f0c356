import { findRedis, openRedis } from "#lab/redis/redis.js";
import { root } from "../root.js";

/** Starts a private Redis for a test file and lets the lib find it through REDIS_URL. */
export async function openLab() {
  const env = { ...process.env, REDIS_URL: "" };
  const server = await openRedis(await findRedis({ root, env, log: () => {} }));
  process.env["REDIS_URL"] = server.url;
  return server;
}

/** What `work` prints on console.log, a line each. */
export async function printed(work: () => unknown): Promise<string[]> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...args: unknown[]) => lines.push(...args.join(" ").split("\n"));
  try {
    await work();
  } finally {
    console.log = log;
  }
  return lines;
}
