import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { withWorker } from "redis-lab-start/services/worker-slot";
import { NoRedisError, RedisUrlError, ServerStartError } from "redis-lab-start/errors";
import { findRedis, openRedis } from "redis-lab-start/redis/redis";
import { runCli } from "notebook-runner/cli/run-cli";

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
