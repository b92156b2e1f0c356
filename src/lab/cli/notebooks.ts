import { withWorker } from "../services/worker-slot.js";
import { root } from "../project.js";
import { findRedis, openRedis } from "../redis/redis.js";
import { runCli } from "notebook-runner/cli/run-cli";

await runCli({
  command: "npm run notebooks --",
  root,
  // The Polish ones have the same code.
  standard: ["notebooks/*.ipynb"],
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
