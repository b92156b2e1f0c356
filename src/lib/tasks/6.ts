import type { Redis } from "ioredis";
import { connect } from "../connections.js";
import type { Run } from "../exercises/run.js";
import { task } from "../exercises/task.js";

type Replies = [error: Error | null, result: unknown][] | null;

export const tasks = {
  1: task(
    "each entry is a pair, the error first",
    async (t, resultsOf: (replies: Replies) => unknown) => {
      const good: Replies = [
        [null, "OK"],
        [null, 6],
        [null, null],
      ];
      (await t.call("resultsOf", resultsOf, good)).gives(
        ["OK", 6, null],
        "The call should return the results alone.",
      );
      (await t.call("resultsOf", resultsOf, [])).gives([], "No replies, no results.");
      const error = new Error("ERR no integer");
      const thrown = await t.fails("resultsOf", resultsOf, [
        [null, "OK"],
        [error, undefined],
      ]);
      t.same(thrown, error, "The error of an entry should be thrown.");
      t.that((await t.fails("resultsOf", resultsOf, null)) instanceof Error, "Throw an Error.");
    },
  ),
  2: task(
    "two commands, one step",
    async (t, transfer: (from: string, to: string, amount: number) => unknown) => {
      const [from, to] = [t.key("anna"), t.key("jan")];
      const before = () => t.redis.mset(from, 100, to, 20);
      for (const [amount, values] of [
        [30, [70, 50]],
        [100, [0, 120]],
      ] as const) {
        await before();
        const run = await t.call("transfer", transfer, from, to, amount);
        const stored = await t.redis.mget(from, to);
        t.same(
          stored.map(Number),
          values,
          `100 and 20: ${amount} should go from one to the other.`,
        );
        run.gives(values, "The call should return both new values, as numbers.");
      }
      const race = {
        before,
        rival: async (other: Redis) => (await other.mget(from, to)).map(Number),
        after: (_: unknown, [a = 0, b = 0]: number[]) =>
          t.same(a + b, 120, "it saw the amount missing, or twice: the sum was wrong."),
      };
      await t.race(race, "transfer", transfer, from, to, 30);
    },
  ),
  3: task(
    "watch, read, decide, write, and perhaps once more",
    async (t, book: (client: Redis, seats: string) => unknown) => {
      const seats = t.key("seats");
      const names = ["Ala", "Ela", "Iga", "Ola", "Ula"];
      const people = await Promise.all(names.map((name) => connect(name)));
      const [ala = t.redis] = people;
      for (const [free, isTaken] of [
        [2, true],
        [1, true],
        [0, false],
      ] as const) {
        await t.redis.set(seats, free);
        const run = await t.call("book", (client: Redis) => book(client, seats), ala);
        run.gives(isTaken, `${free} seats are free: the call should return ${isTaken}.`);
        const left = await t.redis.get(seats);
        t.same(left, String(free - Number(isTaken)), `${free} seats were free.`);
      }
      for (const free of [1, 0]) {
        const race = {
          before: () => t.redis.set(seats, free),
          rival: async (other: Redis) => {
            const seen = Number(await other.get(seats));
            if (seen > 0) await other.decr(seats);
            return seen;
          },
          after: async ({ value }: Run, seen: number) => {
            t.that(seen >= 0, "it saw less than no free seats.");
            t.that(Number(await t.redis.get(seats)) >= 0, "the last seat was sold twice.");
            if (seen > 0) t.same(value, false, "it took the last seat.");
          },
        };
        await t.race(race, "book", (client: Redis) => book(client, seats), ala);
      }
      await t.redis.set(seats, 3);
      const runs = await Promise.all(
        people.map((client) => t.call("book", (it: Redis) => book(it, seats), client)),
      );
      const sold = runs.filter(({ value }) => value === true).length;
      t.same(sold, 3, "Three seats, five people at once: three should get one.");
      t.same(await t.redis.get(seats), "0", "In the end no seat should be free.");
    },
  ),
};
