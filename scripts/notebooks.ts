import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { withWorker } from "../src/runner/worker-slot.js";
import { NoRedisError, RedisUrlError, ServerStartError } from "../src/services/errors.js";
import { findRedis, openRedis } from "../src/services/redis.js";
import { runCli } from "./run-cli.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

await runCli({
  command: "npm run notebooks --",
  root,
  standard: ["notebooks"],
  usersToMend: [NoRedisError, RedisUrlError, ServerStartError],
  openSlot: (_options, env, signal) => {
    // Looked for when a notebook is about to run: what is wrong with names is told without one.
    let redis: ReturnType<typeof findRedis> | undefined;
    return async () => {
      redis ??= findRedis({ env, root, log: (line) => console.error(line), signal });
      const source = await redis;
      const server = await openRedis(source);
      const slot = { env: { REDIS_URL: server.url }, stop: () => server.stop() };
      return withWorker(slot, { root, env, isShared: source.kind === "url" });
    };
  },
});
