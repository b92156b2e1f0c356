import { task } from "../exercises/task.js";

export const tasks = {
  1: task("ZREVRANK begins at 0", async (t, place: (key: string, name: string) => unknown) => {
    const key = t.key("points");
    await t.redis.zadd(key, 2, "klucz1", 8, "klucz2", 24, "klucz3", 48, "klucz4", -5, "last");
    const places = { klucz4: 1, klucz1: 4, klucz3: 2, last: 5, klucz9: "not listed" };
    for (const [name, expected] of Object.entries(places)) {
      const run = await t.call("place", place, key, name);
      run.gives(expected, `${name} should be at ${expected}.`).asksRedis().receivesAtMost(2);
    }
  }),
  2: task(
    "from -inf to the minute, BYSCORE",
    async (t, due: (key: string, minute: number) => unknown) => {
      const key = t.key("alarms");
      await t.redis.zadd(key, 480, "school", 390, "run", 481, "late", 450, "bread", -60, "eve");
      const cases = [
        [480, ["eve", "run", "bread", "school"]],
        [449, ["eve", "run"]],
        [-61, []],
      ] as const;
      for (const [minute, names] of cases) {
        const run = await t.call("due", due, key, minute);
        run.gives(names, `The alarms due at minute ${minute} or before, earliest first.`);
        run.asksRedis().receivesAtMost(2 * names.length);
      }
    },
  ),
  3: task(
    'from "(8" to "+inf", and LIMIT',
    async (t, nextAbove: (key: string, score: number) => unknown) => {
      const key = t.key("scores");
      await t.redis.zadd(key, 2, "klucz1", 8, "klucz2", 24, "klucz3", 48, "klucz4");
      const cases = [
        [8, "klucz3"],
        [0, "klucz1"],
        [24.5, "klucz4"],
        [48, null],
      ] as const;
      for (const [score, name] of cases) {
        const run = await t.call("nextAbove", nextAbove, key, score);
        run.gives(name, `The next member above ${score} is ${name ?? "missing, so null"}.`);
        run.inOneCommand().receivesAtMost(1);
      }
    },
  ),
};
