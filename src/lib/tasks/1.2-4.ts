import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "let the server add: its reply is a number that nobody else gets",
    async (t, nextTicket: (key: string) => unknown) => {
      const key = t.key("ticket");
      for (const ticket of [1, 2, 3]) {
        const run = await t.call("nextTicket", nextTicket, key);
        run.gives(ticket, `Ticket number ${ticket} should come next, as a number.`);
      }
      await t.race(
        {
          before: () => t.redis.set(key, 5),
          rival: (other) => other.incr(key),
          after: async (run, seen) => {
            t.that(run.value !== seen, `both got ticket number ${seen}.`);
            t.same(
              await t.redis.get(key),
              "7",
              "two tickets were taken, so the key should hold 7.",
            );
          },
        },
        "nextTicket",
        nextTicket,
        key,
      );
    },
  ),
  2: task(
    "INCRBYFLOAT replies with a string",
    async (t, raise: (key: string, by: number) => unknown) => {
      const key = t.key("price");
      for (const [price, by, sum] of [
        ["10.50", 0.25, 10.75],
        ["3", -0.5, 2.5],
      ] as const) {
        await t.redis.set(key, price);
        const run = await t.call("raise", raise, key, by);
        run.gives(sum, `${price} and ${by} should give ${sum}, as a number.`);
        t.same(Number(await t.redis.get(key)), sum, "Redis should hold the new price.");
      }
      await t.race(
        {
          before: () => t.redis.set(key, "10.50"),
          rival: (other) => other.incrbyfloat(key, 1),
          after: async () =>
            t.same(
              Number(await t.redis.get(key)),
              11.75,
              "what it added is lost. Let Redis add, not JavaScript.",
            ),
        },
        "raise",
        raise,
        key,
        0.25,
      );
    },
  ),
};
