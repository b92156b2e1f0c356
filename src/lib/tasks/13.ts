import { task } from "../exercises/task.js";

export type IsFirst = (key: string, user: number) => unknown;
export type Hit = (key: string, player: number, damage: number) => unknown;

export const tasks = {
  1: task("what does SETBIT reply?", async (t, isFirst: IsFirst) => {
    const key = t.key("visits");
    for (const [user, expected] of [
      [3, true],
      [9, true],
      [3, false],
      [0, true],
      [9, false],
    ] as const) {
      const run = await t.call("isFirst", isFirst, key, user);
      run.gives(expected).inOneCommand();
    }
    t.same(await t.redis.bitcount(key), 3, "Three users visited: three bits should be set.");
  }),
  2: task("OVERFLOW SAT", async (t, hit: Hit) => {
    const key = t.key("health");
    await t.redis.call("BITFIELD", key, "SET", "u8", "#0", 100, "SET", "u8", "#2", 30);
    for (const [player, damage, left] of [
      [0, 30, 70],
      [2, 40, 0],
      [0, 70, 0],
      [0, 5, 0],
    ] as const) {
      const run = await t.call("hit", hit, key, player, damage);
      run.gives(left).inOneCommand();
    }
  }),
};
