import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "2/1": {
    right: [
      async (key, elements) => {
        await redis.rpush(key, ...elements);
        return redis.rpop(key);
      },
      async (key, elements) => {
        await redis.lpush(key, ...elements.toReversed());
        return redis.rpop(key);
      },
    ],
    wrong: [
      [
        async (key, elements) => {
          await redis.lpush(key, ...elements);
          return redis.lpop(key);
        },
        "in their order from the left",
      ],
      [
        async (key, elements) => {
          await redis.rpush(key, ...elements);
          return redis.lpop(key);
        },
        "in their order from the left",
      ],
      [
        async (key, elements) => {
          await redis.rpush(key, ...elements);
          return redis.lindex(key, -1);
        },
        "The others should stay",
      ],
      [
        async (key, elements) => {
          for (const element of elements.slice(0, -1)) await redis.rpush(key, element);
          return elements.at(-1);
        },
        "no element was taken off",
      ],
    ],
  },
  "2/2": {
    right: [
      (key, n) => redis.lrange(key, n * 3, n * 3 + 2),
      (key, n) => redis.lrange(key, 3 * n, 3 * (n + 1) - 1),
    ],
    wrong: [
      [(key) => redis.lrange(key, 0, 2), "Page 1 should have 3 elements."],
      [(key, n) => redis.lrange(key, n * 3, n * 3 + 3), "Page 0 should have 3 elements."],
      [
        async (key, n) => (await redis.lrange(key, 0, -1)).slice(n * 3, n * 3 + 3),
        "LRANGE brought 10 elements to pick from",
      ],
    ],
  },
  "2/3": {
    right: [
      (key) => redis.lmove(key, key, "LEFT", "RIGHT"),
      (key) => redis.eval("return redis.call('LMOVE', KEYS[1], KEYS[1], 'LEFT', 'RIGHT')", 1, key),
    ],
    wrong: [
      [(key) => redis.lmove(key, key, "LEFT", "LEFT"), "The first should be the last now."],
      [(key) => redis.rpoplpush(key, key), "The first should be the last now."],
      [
        async (key) => {
          const first = await redis.lpop(key);
          if (first !== null) await redis.rpush(key, first);
        },
        "2 commands (LPOP and RPUSH): another client can come between them.",
      ],
    ],
  },
};
