import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "XREVRANGE with COUNT 1; values are strings",
    async (t, newest: (key: string) => unknown) => {
      const key = t.key("station");
      for (const [index, celsius] of [20, 22, -3.5].entries()) {
        await t.redis.xadd(key, `${index + 1}-0`, "celsius", celsius, "wind", "5");
        const run = await t.call("newest", newest, key);
        run.gives(celsius, `The newest entry says ${celsius}, which should come as a number.`);
        run.asksRedis().receivesAtMost(1);
      }
    },
  ),
  2: task("from (id to +, COUNT 2", async (t, after: (key: string, id: string) => unknown) => {
    const key = t.key("pages");
    for (let i = 1; i <= 5; i++) await t.redis.xadd(key, `${i}-0`, "n", i);
    const pages = {
      "0-0": ["1", "2"],
      "2-0": ["3", "4"],
      "4-0": ["5"],
      "5-0": [],
      "1-5": ["2", "3"],
    };
    for (const [id, numbers] of Object.entries(pages)) {
      const run = await t.call("after", after, key, id);
      run.gives(numbers, `After ${id} should come ${numbers.join(" and ") || "nothing"}.`);
      run.asksRedis().receivesAtMost(2);
    }
  }),
  3: task("MAXLEN stands before the id", async (t, log: (key: string, text: string) => unknown) => {
    const key = t.key("log");
    const lines = ["a", "b", "c", "d", "e"];
    for (const [index, line] of lines.entries()) {
      const run = await t.call("log", log, key, line);
      const entries = await t.redis.xrange(key, "-", "+");
      const texts = entries.map(([, fields]) => fields[fields.indexOf("text") + 1]);
      const expected = lines.slice(0, index + 1).slice(-3);
      t.same(
        texts,
        expected,
        `After ${index + 1} calls, the last ${expected.length} should be there.`,
      );
      run.inOneCommand("in between, there are four entries");
    }
  }),
};
