import { task } from "../exercises/task.js";

export const tasks = {
  1: task("all of ARGV at once", async (t, join: (words: string[]) => unknown) => {
    for (const words of [["a", "b", "c"], ["one"], ["x", "y"], []]) {
      const run = await t.call("join", join, words);
      run.gives(words.join("-"), "All words should come back as one string, joined by dashes.");
      run.uses(["EVAL", "EVALSHA"]);
      const args = run.sent[0]?.args.slice(2) ?? [];
      t.that(args.length >= words.length, "Right result, but the script did not join.");
    }
  }),
  2: task(
    "first the number of keys, then the keys, then the arguments",
    async (t, count: (keys: string[], args: string[]) => unknown) => {
      const key = t.key("key");
      for (const [keys, args] of [
        [[key], ["a", "b"]],
        [[], ["a"]],
        [[key, key], []],
      ] as const) {
        const run = await t.call("count", count, [...keys], [...args]);
        const counts = [keys.length, args.length];
        run
          .gives(counts, "The script should count the keys first, then the arguments.")
          .uses(["EVAL", "EVALSHA"]);
        t.that(
          String(run.sent[0]?.args[0]).includes("#KEYS"),
          "Right result, but the script did not count.",
        );
      }
    },
  ),
  3: task("tonumber", async (t, largest: (numbers: number[]) => unknown) => {
    for (const numbers of [[9, 10, 2], [12, 10, 9], [-5, -3], [7]]) {
      const run = await t.call("largest", largest, numbers);
      const max = Math.max(...numbers);
      run.gives(max, "The largest should come back, compared as a number.");
      run.uses(["EVAL", "EVALSHA"]);
      const args = run.sent[0]?.args.slice(2) ?? [];
      t.that(args.length >= numbers.length, "Right result, but the script did not compare.");
    }
  }),
};
