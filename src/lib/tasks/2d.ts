import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "EXPIRE can do it only if there is no expiry yet",
    async (t, visit: (key: string) => unknown) => {
      const key = t.key("visits");
      const first = await t.call("visit", visit, key);
      first.gives(1, "The first visit should give 1.");
      t.same(await t.redis.ttl(key), 60, "The first visit should set an expiry of 60 seconds.");
      await t.redis.expire(key, 30);
      const second = await t.call("visit", visit, key);
      second.gives(2, "The second visit should give 2.");
      t.same(await t.redis.ttl(key), 30, "A later visit should leave the expiry as it is.");
      first.inOneStep("a program that stops in between leaves a count that never starts again");
    },
  ),
  2: task(
    "Redis counts seconds, JavaScript milliseconds",
    async (t, endAt: (key: string, moment: Date) => unknown) => {
      const key = t.key("at");
      for (const text of [
        "2099-12-31T23:59:59Z",
        "2050-01-01T00:00:00Z",
        "2050-01-01T00:00:00.9Z",
      ]) {
        await t.redis.set(key, "x");
        const moment = new Date(text);
        const run = await t.call("endAt", endAt, key, moment);
        const seconds = Math.floor(moment.getTime() / 1000);
        const at = await t.redis.expiretime(key);
        t.same(at, seconds, `The key should expire at ${text}, in seconds since 1970.`);
        run.gives(seconds, "The call should return the moment that EXPIRETIME tells.");
        run.uses(["EXPIRETIME", "PEXPIRETIME"]);
      }
    },
  ),
};
