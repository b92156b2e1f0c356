import { task } from "../exercises/task.js";

export type Free = (key: string, token: string) => unknown;
export type Alone = (key: string, work: () => Promise<string>) => unknown;

export const tasks = {
  1: task("GET and DEL in one script", async (t, free: Free) => {
    const key = t.key("lock");
    await t.redis.set(key, "mine", "PX", 60_000);
    (await t.call("free", free, key, "another's")).gives(false, "It is another one's lock.");
    t.same(await t.redis.get(key), "mine", "Another one's lock should stay.");
    (await t.call("free", free, key, "mine")).gives(true, "The token is that of the lock.");
    t.same(await t.redis.exists(key), 0, "The lock should be free.");
    (await t.call("free", free, key, "mine")).gives(false, "The lock is gone already.");
    await t.race(
      {
        before: () => t.redis.set(key, "mine", "PX", 60_000),
        rival: (other) => other.set(key, "theirs", "PX", 60_000),
        after: async () => {
          t.same(await t.redis.get(key), "theirs", "it freed another one's lock.");
        },
      },
      "free",
      free,
      key,
      "mine",
    );
  }),
  2: task("a token, finally, and free only one's own", async (t, alone: Alone) => {
    const key = t.key("lock");
    let seen = -1;
    const work = async () => {
      seen = await t.redis.pttl(key);
      return "done";
    };
    (await t.call("alone", () => alone(key, work))).gives("done");
    t.that(seen > 4000 && seen <= 5000, "During the work the lock should be there, for 5 seconds.");
    t.same(await t.redis.exists(key), 0, "After the work the lock should be free.");
    const failing = () => Promise.reject(new Error("no"));
    await t.fails("alone", () => alone(key, failing));
    t.same(await t.redis.exists(key), 0, "After an error the lock should be free, too.");
    await t.redis.set(key, "another's", "PX", 60_000);
    let worked = 0;
    const count = async () => `${++worked}`;
    (await t.call("alone", () => alone(key, count))).gives(null, "Another one has the lock.");
    t.same(worked, 0, "Another one has the lock: nothing should be done.");
    t.same(await t.redis.get(key), "another's", "Another one's lock should stay.");
    await t.redis.del(key);
    const late = async () => {
      await t.redis.set(key, "another's", "PX", 60_000);
      return "late";
    };
    await t.call("alone", () => alone(key, late));
    const left = await t.redis.get(key);
    t.same(left, "another's", "Its lock ran out, and it freed the one that came after it.");
  }),
};
