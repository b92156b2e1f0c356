import { task } from "../exercises/task.js";

export type Next = (key: string, now: number) => unknown;
export type Sign = (key: string, name: string, now: number, ms: number) => unknown;

export const tasks = {
  1: task("ZRANGE and ZREM in one script", async (t, next: Next) => {
    const key = t.key("later");
    const fill = () => t.redis.zadd(key, 30, "report", 10, "mail", 20, "call");
    await fill();
    for (const [now, expected] of [
      [5, null],
      [20, "mail"],
      [20, "call"],
      [20, null],
      [99, "report"],
      [99, null],
    ] as const) {
      (await t.call("next", next, key, now)).gives(expected);
    }
    await t.race(
      {
        before: fill,
        rival: async (other) => {
          const [first] = await other.zrange(key, 0, "0");
          if (first !== undefined) await other.zrem(key, first);
          return first;
        },
        after: (run, seen) => t.that(run.value !== seen, `both took the task ${seen}.`),
      },
      "next",
      next,
      key,
      20,
    );
  }),
  2: task("ZADD, ZREMRANGEBYSCORE and ZCARD in one transaction", async (t, sign: Sign) => {
    const key = t.key("here");
    for (const [name, now, expected] of [
      ["ala", 100, 1],
      ["ola", 120, 2],
      ["ala", 140, 2],
      ["ewa", 150, 2],
      ["ala", 200, 1],
    ] as const) {
      const run = await t.call("sign", sign, key, name, now, 30);
      run.gives(expected).inOneStep("another sign comes between them, and the number is wrong");
    }
    t.same(await t.redis.zcard(key), 1, "The silent ones should be removed.");
  }),
};
