import { task } from "../exercises/task.js";

export type Patience = (attempt: number) => unknown;
export interface Cache {
  get(key: string): Promise<string | null>;
}
export type Price = (client: Cache, key: string, compute: () => Promise<string>) => unknown;

export const tasks = {
  1: task("powers of two, Math.min, and null at the end", async (t, patience: Patience) => {
    for (const [attempt, expected] of [
      [1, 100],
      [2, 200],
      [5, 1600],
      [6, 3000],
      [11, 3000],
    ] as const) {
      const run = await t.call("patience", patience, attempt);
      run.gives(expected, `After attempt ${attempt} it should wait ${expected} ms.`);
    }
    for (const attempt of [12, 13]) {
      const run = await t.call("patience", patience, attempt);
      t.that(typeof run.value !== "number", `At attempt ${attempt} it should give up.`);
    }
  }),
  2: task("only the question to Redis may fail", async (t, price: Price) => {
    const compute = async () => "computed";
    for (const [get, expected, when] of [
      [async () => "cached", "cached", "Redis has the price"],
      [async () => "", "", "Redis has an empty price"],
      [async () => null, "computed", "Redis has none"],
      [() => Promise.reject(new Error("gone")), "computed", "Redis is away"],
    ] as const) {
      const run = await t.call("price", () => price({ get }, "key", compute));
      run.gives(expected, `${when}: it should give ${JSON.stringify(expected)}.`);
    }
    let asked = 0;
    const count = async () => `${++asked}`;
    await t.call("price", () => price({ get: async () => "cached" }, "key", count));
    t.same(asked, 0, "Redis has the price: nothing should be computed.");
    const broken = () => Promise.reject(new Error("no such product"));
    await t.fails("price", () => price({ get: async () => null }, "key", broken));
  }),
};
