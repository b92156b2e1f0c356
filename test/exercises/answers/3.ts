import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "3/1": {
    right: [
      async (key, user) => (await redis.sadd(key, user)) === 1,
      (key, user) => redis.sadd(key, user).then(Boolean),
    ],
    wrong: [
      [async (key, user) => (await redis.sismember(key, user)) === 0, "Visit number 2 of ala"],
      [
        async (key, user) => {
          const known = await redis.sismember(key, user);
          await redis.sadd(key, user);
          return known === 0;
        },
        "Another client came between SISMEMBER and SADD: both heard true for the same user.",
      ],
      [(key, user) => redis.sadd(key, user), "Visit number 1 of ala should return true."],
    ],
  },
  "3/2": {
    right: [
      async (mine, theirs, me) =>
        (await redis.sdiff(theirs, mine)).filter((name) => name !== me).toSorted(),
      async (mine, theirs, me) => {
        const [ours, others] = [await redis.smembers(mine), await redis.smembers(theirs)];
        return others.filter((name) => name !== me && !ours.includes(name)).toSorted();
      },
    ],
    wrong: [
      [
        async (mine, theirs) => (await redis.sdiff(theirs, mine)).toSorted(),
        "not mine, without me (mine: Jan;",
      ],
      [
        async (mine, theirs) => (await redis.sdiff(mine, theirs)).toSorted(),
        "not mine, without me (mine: Jan;",
      ],
      [() => ["Ewa", "Piotr"], "nothing was sent to Redis"],
    ],
  },
  "3/3": {
    right: [
      (from, to, job) => redis.smove(from, to, job),
      (from, to, job) => redis.multi().srem(from, job).sadd(to, job).exec(),
    ],
    wrong: [
      [
        async (from, to, job) => {
          await redis.srem(from, job);
          await redis.sadd(to, job);
        },
        "Another client came between SREM and SADD: it found the job in neither set.",
      ],
      [
        async (from, to, job) => {
          await redis.sadd(to, job);
          await redis.srem(from, job);
        },
        "Another client came between SADD and SREM: it found the job in both sets.",
      ],
      [(_, to, job) => redis.sadd(to, job), "gone from the first set"],
      [
        (from, to, job) => redis.pipeline().srem(from, job).sadd(to, job).exec(),
        "Another client came between SREM and SADD: it found the job in neither set.",
      ],
    ],
  },
};
