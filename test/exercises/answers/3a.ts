import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "3a/1": {
    right: [
      async (key, name) => {
        const rank = await redis.zrevrank(key, name);
        return rank === null ? "not listed" : rank + 1;
      },
      async (key, name) => {
        const [score, all] = [await redis.zscore(key, name), await redis.zcard(key)];
        const rank = score === null ? null : await redis.zrank(key, name);
        return rank === null ? "not listed" : all - rank;
      },
    ],
    wrong: [
      [async (key, name) => (await redis.zrevrank(key, name)) ?? "not listed", "should be at 1"],
      [async (key, name) => Number(await redis.zrevrank(key, name)) + 1, "not listed"],
      [async (key, name) => Number(await redis.zrank(key, name)) + 1, "klucz4 should be at 1."],
      [
        async (key, name) => {
          const rank = await redis.zrevrank(key, name);
          return rank ? rank + 1 : "not listed";
        },
        "klucz4 should be at 1.",
      ],
      [
        async (key, name) => {
          const at = (await redis.zrange(key, 0, "-1", "REV")).indexOf(name);
          return at < 0 ? "not listed" : at + 1;
        },
        "ZRANGE brought 5 elements to pick from",
      ],
    ],
  },
  "3a/2": {
    right: [
      (key, minute) => redis.zrange(key, "-inf", String(minute), "BYSCORE"),
      (key, minute) => redis.zrangebyscore(key, "-inf", minute),
    ],
    wrong: [
      [
        (key, minute) => redis.zrange(key, "-inf", `(${minute}`, "BYSCORE"),
        "The alarms due at minute 480 or before, earliest first.",
      ],
      [
        (key, minute) => redis.zrange(key, "0", String(minute), "BYSCORE"),
        "The alarms due at minute 480 or before, earliest first.",
      ],
      [() => ["eve", "run", "bread", "school"], "nothing was sent to Redis"],
      [
        async (key, minute) => {
          const flat = await redis.zrange(key, 0, "-1", "WITHSCORES");
          return flat.filter((_, i) => i % 2 === 0 && Number(flat[i + 1]) <= minute);
        },
        "ZRANGE brought 10 elements to pick from",
      ],
    ],
  },
  "3a/3": {
    right: [
      async (key, score) =>
        (await redis.zrange(key, `(${score}`, "+inf", "BYSCORE", "LIMIT", 0, 1))[0] ?? null,
      async (key, score) =>
        (await redis.zrangebyscore(key, `(${score}`, "+inf", "LIMIT", 0, 1)).at(0) ?? null,
    ],
    wrong: [
      [
        async (key, score) =>
          (await redis.zrange(key, score, "+inf", "BYSCORE", "LIMIT", 0, 1))[0] ?? null,
        "The next member above 8 is klucz3.",
      ],
      [
        async (key, score) => (await redis.zrange(key, `(${score}`, "+inf", "BYSCORE"))[0] ?? null,
        "brought 2 elements to pick from",
      ],
      [
        (key, score) => redis.zrange(key, `(${score}`, "+inf", "BYSCORE", "LIMIT", 0, 1),
        "The next member above 8 is klucz3.",
      ],
      [
        async (key, score) =>
          (await redis.zrange(key, `(${score}`, "+inf", "BYSCORE", "LIMIT", 0, 1))[0],
        "The next member above 48 is missing, so null.",
      ],
    ],
  },
};
