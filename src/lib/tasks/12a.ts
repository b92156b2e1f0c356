import { Redis } from "ioredis";
import { task } from "../exercises/task.js";
import { startRedis } from "../started/start-redis.js";
import { withOpen } from "../with-open.js";

export type Settings = (use: "cache" | "orders") => Record<string, string>;
export type Unsaved = (info: string) => unknown;

export const tasks = {
  1: task("appendonly, and appendfsync always", async (t, settings: Settings) => {
    for (const [use, expected] of [
      ["orders", { kept: "yes", appendfsync: "always" }],
      ["cache", { kept: null, save: "", appendonly: "no" }],
    ] as const) {
      const run = await t.call("settings", settings, use);
      const server = await startRedis("judge", { settings: run.value as Record<string, string> });
      try {
        const ask = <T>(work: (client: Redis) => Promise<T>) => {
          const client = new Redis(server.url);
          return withOpen(client, () => work(client));
        };
        await ask((client) => client.set("key", "yes"));
        const config = await ask((client) =>
          client.config("GET", "save", "appendonly", "appendfsync"),
        );
        const values: Record<string, string> = {};
        for (let i = 0; i < config.length; i += 2) values[config[i] ?? ""] = config[i + 1] ?? "";
        await server.kill();
        await server.start();
        const kept = await ask((client) => client.get("key"));
        t.same(kept, expected.kept, `${use}: after a crash the key should be ${expected.kept}.`);
        for (const [name, value] of Object.entries(expected)) {
          if (name !== "kept") t.same(values[name], value, `${use}: ${name} should be "${value}".`);
        }
      } finally {
        await server.stop();
      }
    }
  }),
  2: task("a regular expression for name:value", async (t, unsaved: Unsaved) => {
    for (const [changes, aof, expected] of [
      [12, 0, 12],
      [0, 0, 0],
      [5, 1, 0],
      [1234, 0, 1234],
    ] as const) {
      const info = `# Persistence\r\nloading:0\r\nrdb_changes_since_last_save:${changes}\r\naof_enabled:${aof}\r\n`;
      (await t.call("unsaved", unsaved, info)).gives(expected);
    }
  }),
};
