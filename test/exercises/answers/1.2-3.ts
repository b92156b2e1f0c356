import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "1.2-3/1": {
    right: [
      async (key) => {
        await redis.append(key, "a");
        await redis.append(key, "-b");
        return redis.append(key, "-c");
      },
      (key) => redis.append(key, "a-b-c"),
    ],
    wrong: [
      [(key) => redis.append(key, "a"), "The key should hold a-b-c."],
      [
        async (key) => {
          await redis.set(key, "a-b-c");
          return 5;
        },
        "APPEND",
      ],
      [
        async (key) => {
          await redis.append(key, "a-b-c");
          return redis.get(key);
        },
        "The last reply should be the length, 5.",
      ],
    ],
  },
  "1.2-3/2": {
    right: [
      (key) => redis.getdel(key),
      async (key) => redis.getdel(key),
      (key) => redis.eval("local v = redis.call('GETDEL', KEYS[1]) return v", 1, key),
    ],
    wrong: [
      [(key) => redis.get(key), "take() should leave no key behind."],
      [
        async (key) => {
          const value = await redis.get(key);
          await redis.del(key);
          return value;
        },
        "Right result, but 2 commands (GET and DEL): another client can come between them.",
      ],
      [
        async (key) => {
          const value = await redis.get(key);
          void redis.del(key);
          return value;
        },
        "did not wait for the promise of DEL: write `await` before the call.",
      ],
      [
        async (key) => (await redis.multi().get(key).del(key).exec())?.[0]?.[1],
        "nobody can come in between, but it took 4 commands",
      ],
      [
        async (key) => (await redis.pipeline().get(key).del(key).exec())?.[0]?.[1],
        "Right result, but 2 commands (GET and DEL)",
      ],
    ],
  },
};
