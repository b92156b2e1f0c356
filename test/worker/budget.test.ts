import { expect, test } from "vitest";
import { Budget } from "#worker/budget.js";

/** Work that ends when it is told to. */
function work(budget: Budget, cost: number, log: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const result = budget.run(cost, async () => {
    log.push(name);
    await ended;
    return name;
  });
  return { end, result };
}

test("begins work while there is room, in turn, and what is too large alone", async () => {
  const budget = new Budget(10);
  const log: string[] = [];
  const a = work(budget, 6, log, "a");
  const b = work(budget, 4, log, "b");
  const c = work(budget, 99, log, "c");
  const d = work(budget, 1, log, "d");
  await Promise.resolve();
  expect(log).toEqual(["a", "b"]);
  a.end();
  expect(await a.result).toBe("a");
  // d would fit, but c came first.
  expect(log).toEqual(["a", "b"]);
  b.end();
  await b.result;
  await expect.poll(() => log).toEqual(["a", "b", "c"]);
  c.end();
  await c.result;
  d.end();
  expect(await d.result).toBe("d");
});

test("gives room back when work fails", async () => {
  const budget = new Budget(1);
  await expect(budget.run(1, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await budget.run(1, () => Promise.resolve("yes"))).toBe("yes");
});
