import { task } from "../exercises/task.js";

export type Save = (key: string, settings: Record<string, string>) => unknown;
export type Policy = (use: "queue" | "cache" | "mixed") => unknown;

export const tasks = {
  1: task("DEL and HSET in one transaction", async (t, save: Save) => {
    const key = t.key("settings");
    await t.call("save", save, key, { colour: "red", size: "9" });
    t.same(
      await t.redis.type(key),
      "hash",
      "So that one can be changed alone, it should be a hash.",
    );
    const run = await t.call("save", save, key, { colour: "blue" });
    t.same(
      await t.redis.hgetall(key),
      { colour: "blue" },
      "Of the first save nothing should be left.",
    );
    run.inOneStep("in between somebody finds no settings, or half of them");
  }),
  2: task("volatile means: with a time to live", async (t, policy: Policy) => {
    for (const [use, expected] of [
      ["queue", "noeviction"],
      ["cache", "allkeys-lru"],
      ["mixed", "volatile-lru"],
    ] as const) {
      (await t.call("policy", policy, use)).gives(expected);
    }
  }),
};
