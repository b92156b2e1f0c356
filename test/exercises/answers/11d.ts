import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "11d/1": {
    right: [
      (key, now) =>
        redis.eval(
          `local due = redis.call("ZRANGE", KEYS[1], "-inf", ARGV[1], "BYSCORE", "LIMIT", 0, 1)
           if #due == 0 then return false end
           redis.call("ZREM", KEYS[1], due[1])
           return due[1]`,
          1,
          key,
          now,
        ),
      async (key, now) => {
        for (;;) {
          const [task] = await redis.zrangebyscore(key, "-inf", now, "LIMIT", 0, 1);
          if (task === undefined) return null;
          if ((await redis.zrem(key, task)) === 1) return task;
        }
      },
    ],
    wrong: [
      [
        async (key, now) => {
          const [task] = await redis.zrangebyscore(key, "-inf", now, "LIMIT", 0, 1);
          if (task === undefined) return null;
          await redis.zrem(key, task);
          return task;
        },
        "both took the task mail",
      ],
      [async (key) => (await redis.zpopmin(key))[0] ?? null, "next("],
    ],
  },
  "11d/2": {
    right: [
      async (key, name, now, ms) => {
        const replies = await redis
          .multi()
          .zadd(key, now, name)
          .zremrangebyscore(key, "-inf", now - ms)
          .zcard(key)
          .exec();
        return Number(replies?.[2]?.[1]);
      },
    ],
    wrong: [
      [
        async (key, name, now, ms) => {
          await redis.zadd(key, now, name);
          await redis.zremrangebyscore(key, "-inf", now - ms);
          return redis.zcard(key);
        },
        "another sign comes between them",
      ],
      [
        async (key, name, now) => {
          const replies = await redis.multi().zadd(key, now, name).zcard(key).exec();
          return Number(replies?.[1]?.[1]);
        },
        "sign(",
      ],
    ],
  },
};
