import { redis, type AnswerTable } from "../answer-table.js";

const second = (moment: Date) => Math.floor(moment.getTime() / 1000);

export const answers: AnswerTable = {
  "2d/1": {
    right: [
      async (key) => (await redis.multi().incr(key).expire(key, 60, "NX").exec())?.[0]?.[1],
      async (key) => (await redis.multi().set(key, 0, "EX", 60, "NX").incr(key).exec())?.[1]?.[1],
      (key) =>
        redis.eval(
          `local n = redis.call("INCR", KEYS[1])
           if n == 1 then redis.call("EXPIRE", KEYS[1], 60) end
           return n`,
          1,
          key,
        ),
    ],
    wrong: [
      [(key) => redis.incr(key), "The first visit should set an expiry of 60 seconds."],
      [
        async (key) => (await redis.multi().incr(key).expire(key, 60).exec())?.[0]?.[1],
        "A later visit should leave the expiry as it is.",
      ],
      [
        async (key) => {
          const n = await redis.incr(key);
          if (n === 1) await redis.expire(key, 60);
          return n;
        },
        "a program that stops in between leaves a count that never starts again",
      ],
      [(key) => redis.multi().incr(key).expire(key, 60, "NX").exec(), "should give 1."],
    ],
  },
  "2d/2": {
    right: [
      async (key, moment) => {
        await redis.expireat(key, second(moment));
        return redis.expiretime(key);
      },
      async (key, moment) => {
        await redis.pexpireat(key, second(moment) * 1000);
        return (await redis.pexpiretime(key)) / 1000;
      },
    ],
    wrong: [
      [
        async (key, moment) => {
          await redis.expireat(key, moment.getTime());
          return redis.expiretime(key);
        },
        "in seconds since 1970",
      ],
      [
        async (key, moment) => {
          await redis.expireat(key, moment.getTime() / 1000);
          return redis.expiretime(key);
        },
        "value is not an integer",
      ],
      [
        async (key, moment) => {
          await redis.expireat(key, Math.ceil(moment.getTime() / 1000));
          return redis.expiretime(key);
        },
        "in seconds since 1970",
      ],
      [
        async (key, moment) => {
          await redis.expire(key, second(moment));
          return redis.expiretime(key);
        },
        "in seconds since 1970",
      ],
      [
        async (key, moment) => {
          await redis.expireat(key, second(moment));
          return second(moment);
        },
        "the task asks for EXPIRETIME",
      ],
      [
        async (key, moment) => {
          await redis.expireat(key, second(moment));
          return redis.ttl(key);
        },
        "The call should return the moment that EXPIRETIME tells.",
      ],
    ],
  },
};
