import { task } from "../exercises/task.js";

export type Touch = (key: string, seconds: number) => unknown;
export type First = (key: string, message: string) => unknown;

export const tasks = {
  1: task("GETEX", async (t, touch: Touch) => {
    const key = t.key("session");
    await t.redis.set(key, "ala", "EX", 10);
    const run = await t.call("touch", touch, key, 500);
    run.gives("ala", "It should give the session's text.").inOneCommand();
    t.same(await t.redis.ttl(key), 500, "It should live on for 500 seconds.");
    (await t.call("touch", touch, t.key("none"), 500)).gives(null, "There is no such session.");
  }),
  2: task("SET with NX and EX, a key for each message", async (t, first: First) => {
    const key = t.key("seen");
    for (const [message, expected] of [
      ["a", true],
      ["a", false],
      ["b", true],
      ["a", false],
    ] as const) {
      const run = await t.call("first", first, key, message);
      run.gives(expected).inOneCommand();
    }
    const names = await t.redis.keys(`${key}*`);
    for (const name of names) {
      const ttl = await t.redis.ttl(name);
      t.that(ttl > 3500 && ttl <= 3600, "Each message should be remembered for an hour.");
    }
    t.same(names.length, 2, "Each message ends at its own time, so it needs a key of its own.");
  }),
};
