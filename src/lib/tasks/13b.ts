import { task } from "../exercises/task.js";

export type Nearest = (key: string, longitude: number, latitude: number, count: number) => unknown;
export type Move = (key: string, courier: string, longitude: number, latitude: number) => unknown;

export const tasks = {
  1: task("ASC, and COUNT", async (t, nearest: Nearest) => {
    const key = t.key("stops");
    await t.redis.geoadd(
      key,
      21,
      52,
      "a",
      21.1,
      52,
      "b",
      21.3,
      52,
      "c",
      22,
      52,
      "d",
      60,
      10,
      "far",
    );
    for (const [longitude, count, expected] of [
      [21, 2, ["a", "b"]],
      [22, 3, ["d", "c", "b"]],
      [21.25, 1, ["c"]],
      [21, 9, ["a", "b", "c", "d"]],
    ] as const) {
      const run = await t.call("nearest", nearest, key, longitude, 52, count);
      run.gives(expected).inOneCommand().receivesAtMost(count);
    }
  }),
  2: task("XX and CH", async (t, move: Move) => {
    const key = t.key("couriers");
    await t.redis.geoadd(key, 21, 52, "jan");
    const known = await t.call("move", move, key, "jan", 22, 51);
    known.gives(true, "Jan is known and has moved: it should give true.").inOneCommand();
    const [where] = await t.redis.geopos(key, "jan");
    t.same(Math.round(Number(where?.[0])), 22, "Jan should be where he is now.");
    (await t.call("move", move, key, "ewa", 20, 50)).gives(false, "Ewa is unknown.");
    t.same(await t.redis.zcard(key), 1, "A stranger should be left out.");
    const still = await t.call("move", move, key, "jan", 22, 51);
    still.gives(false, "Jan has not moved: it should give false.");
  }),
};
