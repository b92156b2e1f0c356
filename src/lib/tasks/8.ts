import { task } from "../exercises/task.js";
import { listen } from "../listen.js";
import { withConfig } from "../with-config.js";

export const tasks = {
  1: task("one letter for each kind, and K", async (t, flags: () => unknown) => {
    const { value } = await t.call("flags", flags);
    t.that(typeof value === "string", "flags() should return a string.");
    const [hash, text, list] = [t.key("hash"), t.key("text"), t.key("list")];
    const told = await withConfig("notify-keyspace-events", String(value), () =>
      listen(`__key*@0__:*`, async () => {
        await t.redis.hset(hash, "age", 24);
        await t.redis.set(text, "x");
        await t.redis.lpush(list, "x");
        await t.redis.expire(hash, 24);
        await t.redis.hdel(hash, "age");
      }),
    );
    const ours = told.filter(({ channel, message }) => `${channel} ${message}`.includes(t.prefix));
    const byKey = ours.filter(({ channel }) => channel.startsWith("__keyspace"));
    const events = byKey.map(({ message }) => message);
    t.that(events.includes("hset"), "A change to a hash should be reported.");
    t.that(events.includes("expire"), "Setting an expiry should be reported.");
    t.same(
      events,
      ["hset", "expire", "hdel", "del"],
      "Changes to other types should not be reported.",
    );
    t.that(
      ours.length === byKey.length,
      "Each change should be reported once, but came on two channels.",
    );
  }),
  2: task(
    'channel.slice(channel.indexOf(":") + 1)',
    async (t, drop: (copies: Map<string, string>, channel: string) => unknown) => {
      const keys = ["lab:8:a", "b", "lab:8:a:b", "8:a"];
      for (const key of keys) {
        const copies = new Map(keys.map((name) => [name, "old"]));
        await t.call("drop", drop, copies, `__keyspace@12__:${key}`);
        const left = keys.filter((name) => name !== key);
        t.same([...copies.keys()], left, `The copy of ${key} should go, and no other.`);
      }
    },
  ),
};
