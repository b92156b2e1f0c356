import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "R is the right end",
    async (t, pushAndTake: (key: string, elements: string[]) => unknown) => {
      const key = t.key("abc");
      for (const elements of [["a", "b", "c"], ["x", "y"], ["only"]]) {
        await t.redis.del(key);
        const run = await t.call("pushAndTake", pushAndTake, key, elements);
        const left = await t.redis.lrange(key, 0, -1);
        t.same(
          left,
          elements.slice(0, -1),
          "The others should stay, in their order from the left.",
        );
        run.gives(elements.at(-1), "The call should return the last element.");
        run.uses(["RPOP", "LPOP", "LMPOP", "EVAL"], "Right result, but no element was taken off.");
      }
    },
  ),
  2: task("both ends are included", async (t, page: (key: string, n: number) => unknown) => {
    const key = t.key("pages");
    await t.redis.rpush(key, ...Array.from({ length: 10 }, (_, i) => i + 1));
    const pages = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"], ["10"], []];
    for (const [n, elements] of pages.entries()) {
      const run = await t.call("page", page, key, n);
      run.gives(elements, `Page ${n} should have ${elements.length} elements.`);
      run.asksRedis().receivesAtMost(3);
    }
  }),
  3: task("from LEFT to where?", async (t, turn: (key: string) => unknown) => {
    const key = t.key("round");
    for (const elements of [["x", "y", "z"], ["1", "2"], ["only"]]) {
      await t.redis.del(key);
      await t.redis.rpush(key, ...elements);
      const run = await t.call("turn", turn, key);
      const [first = "", ...rest] = elements;
      t.same(
        await t.redis.lrange(key, 0, -1),
        [...rest, first],
        "The first should be the last now.",
      );
      run.inOneCommand();
    }
  }),
};
