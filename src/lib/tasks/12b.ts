import { task } from "../exercises/task.js";

export type Count = (pattern: string) => unknown;
export type Total = (key: string) => unknown;

export const tasks = {
  1: task("a loop over SCAN, and a Set", async (t, count: Count) => {
    const names = Array.from({ length: 150 }, (_, i) => t.key(`page:${i}`));
    await t.redis.mset(Object.fromEntries(names.map((name) => [name, "1"])));
    await t.redis.set(t.key("other"), "1");
    for (const [pattern, expected] of [
      [`${t.prefix}page:*`, 150],
      [`${t.prefix}page:1?`, 10],
      [`${t.prefix}nothing*`, 0],
    ] as const) {
      const run = await t.call("count", count, pattern);
      run.gives(expected, `${expected} keys match ${pattern.slice(t.prefix.length)}.`);
      run.avoids(["KEYS"], "Right, but KEYS keeps everybody waiting.");
      run.uses(["SCAN"]);
    }
  }),
  2: task("a loop over HSCAN, and a Map", async (t, total: Total) => {
    const key = t.key("hash");
    (await t.call("total", total, key)).gives(0, "No hash: the sum should be 0.");
    for (const size of [3, 2000]) {
      const fields = Array.from({ length: size }, (_, i) => [`field:${i}`, i + 1]);
      await t.redis.hset(key, Object.fromEntries(fields) as Record<string, number>);
      const run = await t.call("total", total, key);
      run.gives((size * (size + 1)) / 2, `The sum of ${size} values.`);
      const most = Math.max(
        ...run.sent.map(({ reply }) =>
          Array.isArray(reply) ? Math.max(reply.length, (reply[1] as unknown[])?.length ?? 0) : 0,
        ),
      );
      t.that(most <= 1200, `Right, but one reply brought ${most} elements at once.`);
    }
  }),
};
