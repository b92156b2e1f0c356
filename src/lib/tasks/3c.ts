import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "read the score, then count those above it",
    async (t, place: (key: string, name: string) => unknown) => {
      const key = t.key("game");
      await t.redis.zadd(key, 50, "Ala", 50, "Jan", 70, "Ewa", 30.5, "Ola", 30, "Iga");
      const places = { Ewa: 1, Jan: 2, Ala: 2, Ola: 4, Iga: 5 };
      for (const [name, expected] of Object.entries(places)) {
        const run = await t.call("place", place, key, name);
        run.gives(expected, `${name} should have place ${expected}: equal points, equal places.`);
        run.asksRedis();
      }
    },
  ),
  2: task(
    "BYLEX from ( to +, with LIMIT",
    async (t, pageAfter: (key: string, name: string) => unknown) => {
      const key = t.key("pages");
      await t.redis.zadd(key, 0, "e", 0, "a", 0, "c", 0, "b", 0, "d");
      const pages = { "": ["a", "b"], b: ["c", "d"], d: ["e"], e: [], bb: ["c", "d"] };
      for (const [name, names] of Object.entries(pages)) {
        const run = await t.call("pageAfter", pageAfter, key, name);
        run.gives(names, `After "${name}" should come ${names.join(" and ") || "nothing"}.`);
        run.asksRedis().receivesAtMost(2);
      }
    },
  ),
};
