import { task } from "../exercises/task.js";

export type Call = (name: "multiply" | "divide", a: number, b: number) => Promise<number>;
export type Product = (ask: Call, numbers: number[]) => unknown;
export type Shares = (ask: Call, whole: number, parts: number[]) => unknown;
export type Shout = (job: { data: { text: string } }) => unknown;

/** As the lab's worker, and how many jobs it had at once at most. */
function worker() {
  const seen = { jobs: 0, most: 0, now: 0 };
  const ask: Call = async (name, a, b) => {
    seen.jobs++;
    seen.most = Math.max(seen.most, ++seen.now);
    await new Promise((done) => setTimeout(done, 10));
    seen.now--;
    if (name === "multiply") return a * b;
    if (b === 0) throw new Error("division by zero");
    return a / b;
  };
  return { ask, seen };
}

export const tasks = {
  1: task("a loop: what came so far times the next one", async (t, product: Product) => {
    for (const [numbers, expected] of [
      [[2, 3, 4, 5], 120],
      [[7], 7],
      [[1.5, 4], 6],
      [[], 1],
    ] as const) {
      const { ask, seen } = worker();
      const run = await t.call("product", () => product(ask, [...numbers]));
      run.gives(
        expected,
        `The product of ${numbers.join(", ") || "nothing"} should be ${expected}.`,
      );
      const least = Math.max(numbers.length - 1, 0);
      t.that(seen.jobs >= least, "Right, but the worker was not asked for each multiplication.");
    }
  }),
  2: task("catch what each job throws", async (t, shares: Shares) => {
    for (const [parts, expected] of [
      [
        [2, 0, 5],
        [6, "division by zero", 2.4],
      ],
      [
        [0, 0],
        ["division by zero", "division by zero"],
      ],
      [[], []],
    ] as const) {
      const { ask, seen } = worker();
      const run = await t.call("shares", () => shares(ask, 12, [...parts]));
      run.gives(expected, `12 in parts of ${parts.join(", ") || "nothing"}.`);
      t.same(seen.jobs, parts.length, "The worker should be asked once for each part.");
      t.same(seen.most, parts.length, "Right, but one after the other: ask for all at once.");
    }
  }),
  3: task("toUpperCase, and throw an UnrecoverableError", async (t, shout: Shout) => {
    for (const text of ["hey", "zażółć"]) {
      const run = await t.call("shout", shout, { data: { text } });
      run.gives(text.toUpperCase());
    }
    const error = await t.fails("shout", shout, { data: { text: "" } });
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    t.same(message, "nothing to shout", "The reason should be: nothing to shout.");
    t.same(name, "UnrecoverableError", "An empty text stays empty: it should not be tried again.");
  }),
};
