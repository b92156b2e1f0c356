import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "3b/1": {
    right: [
      (key, player, points) => redis.zadd(key, "GT", points, player),
      (key, player, points) => redis.zadd(key, "GT", "CH", points, player),
      (key, player, points) =>
        redis.eval(
          "return redis.call('ZADD', KEYS[1], 'GT', ARGV[1], ARGV[2])",
          1,
          key,
          points,
          player,
        ),
    ],
    wrong: [
      [(key, player, points) => redis.zadd(key, points, player), "A worse result should change"],
      [
        (key, player, points) => redis.zadd(key, "NX", points, player),
        "A better result should replace the old one.",
      ],
      [
        (key, player, points) => redis.zadd(key, "XX", "GT", points, player),
        "A player's first result should be stored.",
      ],
      [
        (key, player, points) => redis.zadd(key, "LT", points, player),
        "A worse result should change nothing.",
      ],
      [
        async (key, player, points) => {
          const best = await redis.zscore(key, player);
          if (best === null || points > Number(best)) await redis.zadd(key, points, player);
        },
        "2 commands (ZSCORE and ZADD): another client can come between them.",
      ],
    ],
  },
  "3b/2": {
    right: [
      (key, n) => redis.zremrangebyrank(key, 0, -(n + 1)),
      (key, n) =>
        redis.eval("return redis.call('ZREMRANGEBYRANK', KEYS[1], 0, ARGV[1])", 1, key, -n - 1),
    ],
    wrong: [
      [(key) => redis.zremrangebyrank(key, 0, 3), "The best 1 should stay."],
      [(key, n) => redis.zremrangebyrank(key, 0, -n), "The best 3 should stay."],
      [(key, n) => redis.zremrangebyrank(key, n, -1), "The best 3 should stay."],
      [
        async (key, n) => {
          const extra = (await redis.zcard(key)) - n;
          if (extra > 0) await redis.zpopmin(key, extra);
        },
        "2 commands (ZCARD and ZPOPMIN)",
      ],
    ],
  },
  "3b/3": {
    right: [
      async (key) => {
        const [, first, , second] = await redis.zrange(key, 0, "1", "REV", "WITHSCORES");
        return Number(first) - Number(second);
      },
      async (key) => {
        const [, first, , second] = await redis.zrevrange(key, 0, 1, "WITHSCORES");
        return Number(first) - Number(second);
      },
    ],
    wrong: [
      [
        async (key) => {
          const [, first, , second] = await redis.zrange(key, 0, "1", "WITHSCORES");
          return Number(first) - Number(second);
        },
        "The best two of 310, 295, 120 are 15 apart.",
      ],
      [() => 15, "nothing was sent to Redis"],
      [
        async (key) => {
          const flat = await redis.zrange(key, 0, "-1", "REV", "WITHSCORES");
          return Number(flat[1]) - Number(flat[3]);
        },
        "ZRANGE brought 6 elements",
      ],
      [
        async (key) =>
          Number(await redis.zscore(key, "Ala")) - Number(await redis.zscore(key, "Ola")),
        "The best two of 5, 100, 20 are 80 apart.",
      ],
    ],
  },
};
