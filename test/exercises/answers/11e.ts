import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "11e/1": {
    right: [
      (key, text, count) =>
        redis.zrange(key, `[${text}`, `[${text}\xff`, "BYLEX", "LIMIT", 0, count),
    ],
    wrong: [
      [
        async (key, text, count) =>
          (await redis.zrange(key, 0, "-1")).filter((it) => it.startsWith(text)).slice(0, count),
        "brought 8 elements",
      ],
      [
        (key, text, count) => redis.zrange(key, `[${text}`, "+", "BYLEX", "LIMIT", 0, count),
        "offer(",
      ],
      [
        (key, text, count) =>
          redis.zrange(key, `(${text}`, `[${text}\xff`, "BYLEX", "LIMIT", 0, count),
        "offer(",
      ],
    ],
  },
  "11e/2": {
    right: [
      (key, word, keep) =>
        redis
          .multi()
          .zincrby(key, 1, word)
          .zremrangebyrank(key, 0, -keep - 1)
          .exec(),
    ],
    wrong: [
      [(key, word) => redis.zincrby(key, 1, word), "The best two should be left"],
      [
        async (key, word, keep) => {
          await redis.zincrby(key, 1, word);
          await redis.zremrangebyrank(key, 0, -keep - 1);
        },
        "there are too many",
      ],
      [
        (key, word, keep) =>
          redis.multi().zincrby(key, 1, word).zremrangebyrank(key, keep, -1).exec(),
        "The best two should be left",
      ],
    ],
  },
};
