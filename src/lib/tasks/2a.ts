import type { ChainableCommander } from "ioredis";
import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "the value is the second part of the reply",
    async (t, take: (key: string) => unknown) => {
      const key = t.key("queue");
      t.limitMs = 1500;
      for (const value of ["x", "job 2"]) {
        await t.redis.lpush(key, value);
        const run = await t.call("take", take, key);
        run.gives(value, "An element is there: the call should return its value alone.");
        t.same(await t.redis.llen(key), 0, "The element should be gone from the queue.");
      }
      const none = await t.call("take", take, key);
      none.gives("nothing", 'The queue is empty: the call should return "nothing".');
      const lateOne = {
        before: () => t.redis.del(key),
        act: (chain: ChainableCommander) => chain.lpush(key, "late"),
      };
      const late = await t.callAnd(lateOne, "take", take, key);
      late.gives("late", "An element that comes while the call waits should be taken.");
    },
  ),
  2: task("which one first?", async (t, next: (urgent: string, normal: string) => unknown) => {
    const [urgent, normal] = [t.key("urgent"), t.key("normal")];
    t.limitMs = 1500;
    await t.redis.lpush(normal, "n1", "n2");
    await t.redis.lpush(urgent, "u1", "u2");
    const order = [
      [urgent, "u1"],
      [urgent, "u2"],
      [normal, "n1"],
      [normal, "n2"],
    ];
    for (const expected of order) {
      const run = await t.call("next", next, urgent, normal);
      run.gives(expected, "Urgent elements come first, then normal ones, oldest first.");
    }
    for (const key of [urgent, normal]) {
      const late = {
        before: () => t.redis.del(urgent, normal),
        act: (chain: ChainableCommander) => chain.lpush(key, "late"),
      };
      const run = await t.callAnd(late, "next", next, urgent, normal);
      run.gives([key, "late"], "Both are empty: the call should wait for either.");
    }
    (await t.call("next", next, urgent, normal)).gives(null, "Nothing came: null.");
  }),
};
