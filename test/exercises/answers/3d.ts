import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "3d/1": {
    right: [
      (key, article, n) => redis.hincrby(key, article, n),
      (key, article, n) => redis.hincrbyfloat(key, article, n),
    ],
    wrong: [
      [(key, article, n) => redis.hset(key, article, n), "There should be 2 of it now."],
      [
        async (key, article, n) => {
          const before = Number(await redis.hget(key, article));
          await redis.hset(key, article, before + n);
        },
        "Another client came between HGET and HSET: what it put in, or yours, is lost.",
      ],
      [
        (key, article, n) => redis.hincrby(key, article, Math.abs(n)),
        "There should be 2 of it now.",
      ],
      [
        async (key, article, n) => {
          void redis.hincrby(key, article, n);
        },
        "did not wait for the promise of HINCRBY",
      ],
    ],
  },
  "3d/2": {
    right: [
      async (key) => {
        const fields = await redis.hgetall(key);
        if (Object.keys(fields).length === 0) return null;
        return { ...fields, points: Number(fields["points"]) };
      },
      async (key) => {
        const [name, points] = await redis.hmget(key, "name", "points");
        return name === null ? null : { name, points: Number(points) };
      },
    ],
    wrong: [
      [(key) => redis.hgetall(key), "points as a number"],
      [
        async (key) => {
          const fields = await redis.hgetall(key);
          return { ...fields, points: Number(fields["points"]) };
        },
        "There is no such hash: the call should return null.",
      ],
      [
        async (key) => {
          const fields = await redis.hgetall(key);
          return Number(fields["points"]) ? { ...fields, points: Number(fields["points"]) } : null;
        },
        "points as a number",
      ],
    ],
  },
  "3d/3": {
    right: [
      async (key, seat, who) => (await redis.hsetnx(key, seat, who)) === 1,
      (key, seat, who) => redis.hsetnx(key, seat, who).then(Boolean),
    ],
    wrong: [
      [
        async (key, seat, who) => {
          await redis.hset(key, seat, who);
          return true;
        },
        "The seat is taken: give false.",
      ],
      [
        async (key, seat, who) => {
          if ((await redis.hexists(key, seat)) === 1) return false;
          await redis.hset(key, seat, who);
          return true;
        },
        "Another client came between HEXISTS and HSET: both were told that they have the seat.",
      ],
      [(key, seat, who) => redis.hsetnx(key, seat, who), "The seat is free: give true."],
      [
        async (key, seat, who) => {
          await redis.hsetnx(key, seat, who);
          return (await redis.hget(key, seat)) === who;
        },
        "2 commands (HSETNX and HGET)",
      ],
    ],
  },
};
