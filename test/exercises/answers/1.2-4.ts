import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "1.2-4/1": {
    right: [(key) => redis.incr(key), (key) => redis.incrby(key, 1)],
    wrong: [
      [async (key) => Number(await redis.get(key)) + 1, "Ticket number 2 should come next"],
      [
        async (key) => {
          const next = Number(await redis.get(key)) + 1;
          await redis.set(key, next);
          return next;
        },
        "Another client came between GET and SET: both got ticket number 6.",
      ],
      [async (key) => String(await redis.incr(key)), "as a number"],
    ],
  },
  "1.2-4/2": {
    right: [
      async (key, by) => Number(await redis.incrbyfloat(key, by)),
      async (key, by) => parseFloat(await redis.incrbyfloat(key, by)),
    ],
    wrong: [
      [(key, by) => redis.incrbyfloat(key, by), "10.50 and 0.25 should give 10.75, as a number."],
      [async (key, by) => Number(await redis.get(key)) + by, "Redis should hold the new price."],
      [
        async (key, by) => {
          const sum = Number(await redis.get(key)) + by;
          await redis.set(key, sum);
          return sum;
        },
        "Another client came between GET and SET: what it added is lost. Let Redis add",
      ],
      [() => 10.75, "Redis should hold the new price."],
    ],
  },
};
