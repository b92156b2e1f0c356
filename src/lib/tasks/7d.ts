import { task } from "../exercises/task.js";
import { judgeRelease } from "./lock.js";

export const tasks = {
  1: task("if redis.call('GET', ...) == ARGV[1] then", judgeRelease),
  2: task(
    "INCR, EXPIRE when the count is 1, and tonumber(ARGV[1])",
    async (t, allow: (key: string, limit: number, seconds: number) => unknown) => {
      const key = t.key("calls");
      for (const [limit, seconds] of [
        [3, 60],
        [1, 90],
      ] as const) {
        await t.redis.del(key);
        const first = await t.call("allow", allow, key, limit, seconds);
        first.gives(1, "The first call should give 1.");
        t.same(await t.redis.ttl(key), seconds, `The first call should set ${seconds} seconds.`);
        await t.redis.expire(key, 30);
        for (let call = 2; call <= limit + 2; call++) {
          const run = await t.call("allow", allow, key, limit, seconds);
          const answer = call <= limit ? 1 : 0;
          run.gives(answer, `Call ${call} of at most ${limit} should give ${answer}.`);
          t.same(await t.redis.ttl(key), 30, "A later call should leave the expiry as it is.");
        }
        first.inOneStep("a program that stops in between leaves a count that never expires");
      }
    },
  ),
};
