import { task } from "../exercises/task.js";

export const tasks = {
  1: task("APPEND -b, then -c", async (t, build: (key: string) => unknown) => {
    for (const key of [t.key("abc"), t.key("other")]) {
      const run = await t.call("build", build, key);
      t.same(await t.redis.get(key), "a-b-c", "The key should hold a-b-c.");
      run.gives(5, "The last reply should be the length, 5.");
      run.uses(["APPEND"]).avoids(["SET", "MSET", "GET"], "Right, but not with APPEND alone.");
    }
  }),
  2: task("ioredis calls it getdel", async (t, take: (key: string) => unknown) => {
    for (const value of ["only once", "twice?", ""]) {
      const key = t.key("once");
      await t.redis.set(key, value);
      const run = await t.call("take", take, key);
      run.gives(value, "take() should return the value of the key.");
      t.same(await t.redis.exists(key), 0, "take() should leave no key behind.");
      run.inOneCommand();
    }
    (await t.call("take", take, t.key("missing"))).gives(
      null,
      "No key: take() should return null.",
    );
  }),
};
