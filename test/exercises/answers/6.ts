import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "6/1": {
    right: [
      (replies) => {
        if (replies === null) throw new Error("a watched key has changed");
        for (const [error] of replies) if (error) throw error;
        return replies.map(([, result]) => result);
      },
      (replies) => {
        if (!replies) throw new TypeError("nothing was run");
        return replies.map(([error, result]) => {
          if (error) throw error;
          return result;
        });
      },
    ],
    wrong: [
      [(replies) => replies ?? [], "The call should return the results alone."],
      [
        (replies) => (replies ?? []).map(([, result]) => result),
        "should throw an error, but gave [ 'OK', undefined ]",
      ],
      [
        (replies) => {
          for (const [error] of replies ?? []) if (error) throw error;
          return (replies ?? []).map(([, result]) => result);
        },
        "resultsOf(null) should throw an error, but gave []",
      ],
      [
        (replies) => {
          for (const [error] of replies ?? []) if (error) throw new Error("failed");
          return (replies ?? []).map(([, result]) => result);
        },
        "The error of an entry should be thrown.",
      ],
    ],
  },
  "6/2": {
    right: [
      async (from, to, amount) => {
        const pairs = await redis.multi().decrby(from, amount).incrby(to, amount).exec();
        return (pairs ?? []).map(([, value]) => value);
      },
      (from, to, amount) =>
        redis.eval(
          "return {redis.call('DECRBY', KEYS[1], ARGV[1]), redis.call('INCRBY', KEYS[2], ARGV[1])}",
          2,
          from,
          to,
          amount,
        ),
    ],
    wrong: [
      [
        async (from, to, amount) => [
          await redis.decrby(from, amount),
          await redis.incrby(to, amount),
        ],
        "Another client came between DECRBY and INCRBY: it saw the amount missing, or twice: the sum was wrong.",
      ],
      [
        async (from, to, amount) => {
          const pairs = await redis.pipeline().decrby(from, amount).incrby(to, amount).exec();
          return (pairs ?? []).map(([, value]) => value);
        },
        "Another client came between DECRBY and INCRBY: it saw the amount missing, or twice: the sum was wrong.",
      ],
      [async (from, _, amount) => [await redis.decrby(from, amount)], "30 should go from one"],
      [
        (from, to, amount) => redis.multi().decrby(from, amount).incrby(to, amount).exec(),
        "The call should return both new values, as numbers.",
      ],
    ],
  },
  "6/3": {
    right: [
      async (client, seats) => {
        for (;;) {
          await client.watch(seats);
          if (Number(await client.get(seats)) === 0) return (await client.unwatch()) !== "OK";
          if ((await client.multi().decr(seats).exec()) !== null) return true;
        }
      },
      async (client, seats) =>
        (await client.eval(
          `if tonumber(redis.call("GET", KEYS[1])) < 1 then return 0 end
           redis.call("DECR", KEYS[1])
           return 1`,
          1,
          seats,
        )) === 1,
    ],
    wrong: [
      [() => false, "2 seats are free: the call should return true."],
      [
        async (client, seats) => {
          if (Number(await client.get(seats)) === 0) return false;
          await client.decr(seats);
          return true;
        },
        "Another client came between GET and DECR: the last seat was sold twice.",
      ],
      [
        async (client, seats) => {
          if ((await client.decr(seats)) >= 0) return true;
          await client.incr(seats);
          return false;
        },
        "Another client came between DECR and INCR: it saw less than no free seats.",
      ],
      [
        async (client, seats) => {
          await client.watch(seats);
          if (Number(await client.get(seats)) === 0) return (await client.unwatch()) !== "OK";
          return (await client.multi().decr(seats).exec()) !== null;
        },
        "Three seats, five people at once: three should get one.",
      ],
      [
        async (client, seats) => {
          await client.watch(seats);
          if (Number(await client.get(seats)) === 0) return false;
          await client.multi().decr(seats).exec();
          return true;
        },
        "it took the last seat.",
      ],
    ],
  },
};
