import { redis, type AnswerTable } from "../answer-table.js";

const script = (last: string) => `local count = redis.call("INCR", KEYS[1]) ${last} return count`;

export const answers: AnswerTable = {
  "11a/1": {
    right: [
      async (key, limit, seconds) =>
        Number(
          await redis.eval(
            script(`if count == 1 then redis.call("EXPIRE", KEYS[1], ARGV[1]) end`),
            1,
            key,
            seconds,
          ),
        ) <= limit,
      async (key, limit, seconds) => {
        const replies = await redis.multi().set(key, 0, "EX", seconds, "NX").incr(key).exec();
        return Number(replies?.[1]?.[1]) <= limit;
      },
    ],
    wrong: [
      [
        async (key, limit, seconds) => {
          const count = await redis.incr(key);
          if (count === 1) await redis.expire(key, seconds);
          return count <= limit;
        },
        "blocks this user for ever",
      ],
      [
        async (key, limit, seconds) =>
          Number(
            await redis.eval(script(`redis.call("EXPIRE", KEYS[1], ARGV[1])`), 1, key, seconds),
          ) <= limit,
        "not make it live longer",
      ],
      [async (key, limit) => (await redis.incr(key)) <= limit, "should end 50 seconds after"],
    ],
  },
  "11a/2": {
    right: [
      async (key, now, windowMs) => {
        await redis.zremrangebyscore(key, "-inf", now - windowMs);
        return redis.zcard(key);
      },
    ],
    wrong: [
      [(key) => redis.zcard(key), "Moments 100, 200, 300"],
      [
        (key, now, windowMs) => redis.zcount(key, `(${now - windowMs}`, "+inf"),
        "The older ones should be removed.",
      ],
      [
        async (key, now, windowMs) => {
          await redis.zremrangebyscore(key, "-inf", `(${now - windowMs}`);
          return redis.zcard(key);
        },
        "now 250, window 50",
      ],
    ],
  },
};
