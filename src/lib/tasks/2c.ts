import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "SET takes EX and a number of seconds",
    async (t, storeCode: (key: string, code: string) => unknown) => {
      for (const code of ["1234", "0007"]) {
        const key = t.key(`code ${code}`);
        const run = await t.call("storeCode", storeCode, key, code);
        t.same(await t.redis.get(key), code, "The key should hold the code.");
        t.same(
          await t.redis.ttl(key),
          120,
          "The key should live for 120 seconds (-1 means forever).",
        );
        run.inOneCommand("a program that stops in between leaves a key that stays forever");
      }
    },
  ),
  2: task(
    "SET has one more option, named above",
    async (t, replace: (key: string, code: string) => unknown) => {
      const key = t.key("code");
      for (const seconds of [120, 77]) {
        await t.redis.set(key, "1234", "EX", seconds);
        const run = await t.call("replace", replace, key, "5678");
        t.same(await t.redis.get(key), "5678", "The key should hold the new code.");
        const left = await t.redis.ttl(key);
        t.same(left, seconds, `It had ${seconds} seconds to live, and should keep them.`);
        run.inOneCommand();
      }
      await t.redis.set(key, "1234");
      await t.call("replace", replace, key, "5678");
      t.same(await t.redis.ttl(key), -1, "A key that stays forever should go on to do so.");
    },
  ),
  3: task("-1 and -2 first", async (t, describe: (ttl: number) => unknown) => {
    const words = { "-2": "gone", "-1": "forever", "24": "24 s", "0": "0 s", "1": "1 s" };
    for (const [ttl, text] of Object.entries(words)) {
      const run = await t.call("describe", describe, Number(ttl));
      run.gives(text, `A TTL of ${ttl} means "${text}".`);
    }
  }),
};
