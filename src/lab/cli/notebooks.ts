import { labFolderOf } from "redis-lab-jobs/lab-folder";
import { withWorker } from "../services/worker-slot.js";
import { root } from "../project.js";
import { findRedis, openRedis } from "../redis/redis.js";
import { runCli } from "notebook-runner/cli/run-cli";

await runCli({
  command: "npm run notebooks --",
  root,
  folder: labFolderOf(root),
  // The Polish ones have the same code.
  defaults: ["notebooks/*.ipynb"],
  calledFrom: process.env["INIT_CWD"],
  options: [
    {
      name: "redis-url",
      value: "URL",
      help: "one Redis for all (default: REDIS_URL, or a private one for each job)",
    },
  ],
  openSlot: ({ "redis-url": url }, signal) => {
    const env = url ? { ...process.env, REDIS_URL: url } : process.env;
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
