import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "2c/1": {
    right: [
      (key, code) => redis.set(key, code, "EX", 120),
      (key, code) => redis.setex(key, 120, code),
      (key, code) => redis.set(key, code, "PX", 120_000),
    ],
    wrong: [
      [(key, code) => redis.set(key, code), "The key should live for 120 seconds"],
      [
        async (key, code) => {
          await redis.set(key, code);
          await redis.expire(key, 120);
        },
        "2 commands (SET and EXPIRE): a program that stops in between leaves a key that stays",
      ],
      [(key, code) => redis.set(key, code, "EX", 2), "The key should live for 120 seconds"],
      [(key, code) => redis.set(key, Number(code), "EX", 120), "The key should hold the code."],
    ],
  },
  "2c/2": {
    right: [
      (key, code) => redis.set(key, code, "KEEPTTL"),
      (key, code) => redis.setrange(key, 0, code),
    ],
    wrong: [
      [(key, code) => redis.set(key, code), "It had 120 seconds to live, and should keep them."],
      [(key, code) => redis.set(key, code, "EX", 120), "It had 77 seconds to live"],
      [
        async (key, code) => redis.set(key, code, "EX", await redis.ttl(key)),
        "2 commands (TTL and SET)",
      ],
    ],
  },
  "2c/3": {
    right: [
      (ttl) => {
        if (ttl === -2) return "gone";
        return ttl === -1 ? "forever" : `${ttl} s`;
      },
      (ttl) => ({ "-2": "gone", "-1": "forever" })[String(ttl)] ?? `${ttl} s`,
    ],
    wrong: [
      [(ttl) => `${ttl} s`, 'A TTL of -2 means "gone".'],
      [(ttl) => (ttl < 0 ? "gone" : `${ttl} s`), 'A TTL of -1 means "forever".'],
      [
        (ttl) => {
          if (ttl === -1) return "forever";
          return ttl > 0 ? `${ttl} s` : "gone";
        },
        'A TTL of 0 means "0 s".',
      ],
    ],
  },
};
