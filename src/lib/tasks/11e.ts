import { task } from "../exercises/task.js";

export type Offer = (key: string, text: string, count: number) => unknown;
export type Chosen = (key: string, word: string, keep: number) => unknown;

export const tasks = {
  1: task("ZRANGE with BYLEX and LIMIT", async (t, offer: Offer) => {
    const key = t.key("words");
    const words = ["lublin", "lubin", "lodz", "luban", "krakow", "lubartow", "l", "mielec"];
    await t.redis.zadd(key, ...words.flatMap((word) => [0, word]));
    for (const [text, count] of [
      ["lu", 2],
      ["lub", 9],
      ["l", 3],
      ["x", 5],
      ["krakow", 1],
    ] as const) {
      const expected = words
        .filter((word) => word.startsWith(text))
        .toSorted()
        .slice(0, count);
      const run = await t.call("offer", offer, key, text, count);
      run.gives(expected).receivesAtMost(count);
    }
  }),
  2: task("ZINCRBY and ZREMRANGEBYRANK in one transaction", async (t, chosen: Chosen) => {
    const key = t.key("top");
    for (const word of ["a", "a", "b", "b", "b", "c"]) {
      const run = await t.call("chosen", chosen, key, word, 2);
      run.inOneStep("in between there are too many, or the best is missing");
    }
    const top = await t.redis.zrange(key, 0, "-1", "REV", "WITHSCORES");
    t.same(top, ["b", "3", "a", "2"], "The best two should be left, with their points.");
    const all = t.key("all");
    for (const word of ["x", "y", "z"]) await t.call("chosen", chosen, all, word, 5);
    t.same(await t.redis.zcard(all), 3, "Three words, and five may stay.");
  }),
};
