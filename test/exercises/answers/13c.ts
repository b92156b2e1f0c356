import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "13c/1": {
    right: [
      (client, key, device, token, seconds) =>
        client
          .multi()
          .hset(key, device, token)
          .call("HEXPIRE", key, seconds, "FIELDS", 1, device)
          .exec(),
    ],
    wrong: [
      [
        (client, key, device, token, seconds) =>
          client.multi().hset(key, device, token).expire(key, seconds).exec(),
        "The field phone should have 100 seconds",
      ],
      [
        async (client, key, device, token, seconds) => {
          await client.hset(key, device, token);
          await client.call("HEXPIRE", key, seconds, "FIELDS", 1, device);
        },
        "without a limit",
      ],
    ],
  },
  "13c/2": {
    right: [(key, now) => redis.zrangebyscore(key, `(${now}`, "+inf")],
    wrong: [
      [(key) => redis.zrange(key, 0, "-1"), "alive("],
      [(key, now) => redis.zrangebyscore(key, now, "+inf"), "alive("],
      [
        async (key, now) => {
          await redis.zremrangebyscore(key, "-inf", now);
          return redis.zrange(key, 0, "-1");
        },
        "alive(",
      ],
    ],
  },
};
