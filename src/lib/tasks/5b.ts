import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "XREADGROUP with COUNT 1 and the id >, then XACK",
    async (t, work: (key: string, consumer: string) => unknown) => {
      const key = t.key("log");
      for (const name of ["A", "B", "C"]) await t.redis.xadd(key, "*", "task", name);
      await t.redis.xgroup("CREATE", key, "workers", "0");
      const turns = [
        ["ala", "A"],
        ["ola", "B"],
        ["ala", "C"],
        ["ola", null],
      ] as const;
      for (const [consumer, name] of turns) {
        const run = await t.call("work", work, key, consumer);
        run.gives(name, `${name === null ? "No entry is left" : `Task ${name} is next`}.`);
        const [open] = await t.redis.xpending(key, "workers");
        t.same(open, 0, "Each entry that was taken should be confirmed.");
      }
      t.same(await t.redis.xlen(key), 3, "The entries should stay in the stream.");
    },
  ),
  2: task(
    "JUSTID makes the reply simpler",
    async (t, rescue: (key: string, consumer: string) => unknown) => {
      const key = t.key("log");
      for (const ids of [["1-0", "2-0"], ["5-0"], []]) {
        await t.redis.del(key);
        await t.redis.xgroup("CREATE", key, "workers", "0", "MKSTREAM");
        for (const id of [...ids, "9-0"]) await t.redis.xadd(key, id, "task", id);
        for (const id of ids) {
          await t.redis.xreadgroup("GROUP", "workers", `c${id}`, "COUNT", 1, "STREAMS", key, ">");
        }
        const run = await t.call("rescue", rescue, key, "ewa");
        run.gives(ids, `Pending: ${ids.join(" and ") || "nothing"}.`);
        const [open] = await t.redis.xpending(key, "workers");
        t.same(open, 0, "What was taken over should be confirmed.");
        if (ids.length > 0) run.uses(["XAUTOCLAIM", "XCLAIM"]);
        const [entry] = await t.redis.xrange(key, "9-0", "9-0");
        t.that(entry !== undefined, "New entries should stay in the stream.");
      }
    },
  ),
};
