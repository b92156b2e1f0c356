import { task } from "../exercises/task.js";

export type Allow = (key: string, limit: number, seconds: number) => unknown;
export type Recent = (key: string, now: number, windowMs: number) => unknown;

export const tasks = {
  1: task("one script: INCR, and EXPIRE when it is 1", async (t, allow: Allow) => {
    const key = t.key("calls");
    for (const expected of [true, true, true, false, false]) {
      const run = await t.call("allow", allow, key, 3, 50);
      run.gives(expected, "Three calls are allowed, and no more.");
      run.inOneStep("a program that dies between them blocks this user for ever");
    }
    t.same(await t.redis.ttl(key), 50, "The key should end 50 seconds after the first call.");
    await t.redis.expire(key, 20);
    await t.call("allow", allow, key, 3, 50);
    t.same(await t.redis.ttl(key), 20, "A later call should not make it live longer.");
  }),
  2: task("ZREMRANGEBYSCORE, then ZCARD", async (t, recent: Recent) => {
    const key = t.key("moments");
    for (const [moments, now, window] of [
      [[100, 200, 300], 300, 150],
      [[100, 200, 300], 250, 50],
      [[100], 5000, 1000],
      [[], 100, 10],
    ] as const) {
      await t.redis.del(key);
      for (const moment of moments) await t.redis.zadd(key, moment, `m${moment}`);
      const run = await t.call("recent", recent, key, now, window);
      const later = moments.filter((moment) => moment > now - window).length;
      run.gives(later, `Moments ${moments.join(", ") || "none"}; now ${now}, window ${window}.`);
      t.same(await t.redis.zcard(key), later, "The older ones should be removed.");
      run.receivesAtMost(2);
    }
  }),
};
