import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "only a string keeps what comes after the decimal point",
    async (t, average: (a: number, b: number) => unknown) => {
      for (const [a, b] of [
        [7, 2],
        [1, 2],
        [-3, 4],
        [4, 4],
      ] as const) {
        const run = await t.call("average", average, a, b);
        const mean = (a + b) / 2;
        run.gives(mean, `The average of ${a} and ${b} should be the number ${mean}.`);
        run.uses(["EVAL", "EVALSHA"]).inOneCommand();
      }
    },
  ),
  2: task(
    "if ... then return ... else return ... end",
    async (t, parity: (n: number) => unknown) => {
      for (const [n, word] of [
        [9, "odd"],
        [8, "even"],
        [0, "even"],
        [-3, "odd"],
      ] as const) {
        const run = await t.call("parity", parity, n);
        run.gives(word, `${n} is ${word}.`).uses(["EVAL", "EVALSHA"]);
        const told = run.sent[0]?.args.join(" ").includes(String(n));
        t.that(told === true, "Right result, but the script did not decide: it was not told n.");
      }
    },
  ),
  3: task(
    "an array ends at the first nil, and false keeps its place",
    async (t, quote: (...price: string[]) => unknown) => {
      for (const price of [["12.50"], [], ["0"]]) {
        const run = await t.call("quote", quote, ...price);
        run.gives([1, price[0] ?? null, "EUR"], "All three elements should come through.");
        run.uses(["EVAL", "EVALSHA"]);
      }
    },
  ),
};
