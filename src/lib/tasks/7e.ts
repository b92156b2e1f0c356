import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "new = new + ...",
    async (
      t,
      grant: (known: string, group: string, permission: string, prefix: string) => unknown,
    ) => {
      const [known, group, prefix] = [t.key("permissions"), t.key("group"), t.key("user:")];
      await t.redis.sadd(known, "read", "write");
      await t.redis.sadd(group, 1, 2, 3, 7);
      await t.redis.sadd(`${prefix}2`, "write");
      const users = [1, 2, 3, 7].map((id) => `${prefix}${id}`);
      const unknown = await t.call("grant", grant, known, group, "fly", prefix);
      unknown.gives(null, "There is no such permission: the call should return null.");
      t.same(await t.redis.exists(...users), 1, "An unknown permission should write nothing.");
      for (const count of [3, 0]) {
        const run = await t.call("grant", grant, known, group, "write", prefix);
        run.gives(count, `${count} of the 4 users did not have the permission yet.`);
        const have = await Promise.all(users.map((user) => t.redis.sismember(user, "write")));
        t.same(have, [1, 1, 1, 1], "All members of the group should have the permission now.");
        run.inOneStep();
      }
    },
  ),
  2: task(
    "a loop of its own, before the one that writes",
    async (t, grantAll: (known: string, user: string, names: string[]) => unknown) => {
      const [known, user] = [t.key("permissions"), t.key("user")];
      await t.redis.sadd(known, "read", "write", "print");
      for (const names of [
        ["read", "fly"],
        ["fly", "read"],
      ]) {
        const run = await t.call("grantAll", grantAll, known, user, names);
        const written = (await t.redis.smembers(user)).toSorted();
        t.same(written, [], "One name is unknown: nothing should be written.");
        run.gives(null, "One name is unknown: the call should return null.");
      }
      for (const [names, count] of [
        [["read", "write"], 2],
        [["write", "print"], 3],
      ] as const) {
        const run = await t.call("grantAll", grantAll, known, user, [...names]);
        run.gives(count, `The user has ${count} permissions now.`).inOneStep();
      }
      const have = (await t.redis.smembers(user)).toSorted();
      t.same(have, ["print", "read", "write"], "The user should have all that were given.");
    },
  ),
};
