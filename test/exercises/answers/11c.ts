import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "11c/1": {
    right: [(key, seconds) => redis.getex(key, "EX", seconds)],
    wrong: [
      [(key) => redis.get(key), "live on for 500 seconds"],
      [
        async (key, seconds) => {
          await redis.expire(key, seconds);
          return redis.get(key);
        },
        "2 commands",
      ],
      [(key, seconds) => redis.getex(key, "PX", seconds), "live on for 500 seconds"],
    ],
  },
  "11c/2": {
    right: [
      async (key, message) =>
        (await redis.set(`${key}:${message}`, "1", "EX", 3600, "NX")) === "OK",
    ],
    wrong: [
      [async (key, message) => (await redis.sadd(key, message)) === 1, "remembered for an hour"],
      [
        async (key, message) => (await redis.setnx(`${key}:${message}`, "1")) === 1,
        "remembered for an hour",
      ],
      [
        async (key, message) => {
          const seen = await redis.exists(`${key}:${message}`);
          await redis.set(`${key}:${message}`, "1", "EX", 3600);
          return seen === 0;
        },
        "2 commands",
      ],
    ],
  },
};
