import { task } from "../exercises/task.js";

export const tasks = {
  1: task("let Redis add", async (t, put: (key: string, article: string, n: number) => unknown) => {
    const key = t.key("cart");
    const steps = [
      ["apple", 3, "3"],
      ["bread", 1, "1"],
      ["apple", -1, "2"],
    ] as const;
    for (const [article, n, sum] of steps) {
      await t.call("put", put, key, article, n);
      t.same(await t.redis.hget(key, article), sum, `There should be ${sum} of it now.`);
    }
    await t.race(
      {
        before: () => t.redis.hset(key, "apple", 5),
        rival: (other) => other.hincrby(key, "apple", 10),
        after: async () =>
          t.same(await t.redis.hget(key, "apple"), "17", "what it put in, or yours, is lost."),
      },
      "put",
      put,
      key,
      "apple",
      2,
    );
  }),
  2: task("count the fields, make a number", async (t, load: (key: string) => unknown) => {
    const key = t.key("user");
    for (const [name, points] of [
      ["Ewa", 7],
      ["Jan", 0],
      ["Iga", -2],
    ] as const) {
      await t.redis.hset(key, { name, points });
      const run = await t.call("load", load, key);
      run.gives({ name, points }, "The user should come with points as a number.").asksRedis();
    }
    const missing = await t.call("load", load, t.key("nobody"));
    missing.gives(null, "There is no such hash: the call should return null.");
  }),
  3: task(
    "HSETNX replies 1 or 0",
    async (t, book: (key: string, seat: string, who: string) => unknown) => {
      const key = t.key("seats");
      const requests = [
        ["A1", "Ala", true],
        ["A1", "Jan", false],
        ["B2", "Jan", true],
      ] as const;
      for (const [seat, who, works] of requests) {
        const run = await t.call("book", book, key, seat, who);
        run.gives(works, `The seat is ${works ? "free" : "taken"}: give ${works}.`);
      }
      t.same(await t.redis.hgetall(key), { A1: "Ala", B2: "Jan" }, "Who was first has the seat.");
      await t.race(
        {
          before: () => t.redis.del(key),
          rival: async (other) => (await other.hsetnx(key, "C3", "Ola")) === 1,
          after: async (run, isHers) => {
            t.that(!(isHers && run.value), "both were told that they have the seat.");
            const holder = isHers ? "Ola" : "Jan";
            t.same(await t.redis.hget(key, "C3"), holder, "the seat was taken from its holder.");
          },
        },
        "book",
        book,
        key,
        "C3",
        "Jan",
      );
      await t.redis.del(key);
      (await t.call("book", book, key, "D4", "Ewa")).inOneCommand();
    },
  ),
};
