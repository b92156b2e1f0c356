import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "3c/1": {
    right: [
      async (key, name) =>
        (await redis.zcount(key, `(${await redis.zscore(key, name)}`, "+inf")) + 1,
      async (key, name) =>
        Number(
          await redis.eval(
            "return redis.call('ZCOUNT', KEYS[1], '(' .. redis.call('ZSCORE', KEYS[1], ARGV[1]), '+inf') + 1",
            1,
            key,
            name,
          ),
        ),
    ],
    wrong: [
      [
        async (key, name) => Number(await redis.zrevrank(key, name)) + 1,
        "equal points, equal places",
      ],
      [
        async (key, name) => redis.zcount(key, `${await redis.zscore(key, name)}`, "+inf"),
        "Jan should have place 2",
      ],
      [
        async (key, name) =>
          (await redis.zcount(
            key,
            parseInt((await redis.zscore(key, name)) ?? "", 10) + 1,
            "+inf",
          )) + 1,
        "Iga should have place 5",
      ],
    ],
  },
  "3c/2": {
    right: [
      (key, name) => redis.zrange(key, `(${name}`, "+", "BYLEX", "LIMIT", 0, 2),
      (key, name) => redis.zrangebylex(key, `(${name}`, "+", "LIMIT", 0, 2),
    ],
    wrong: [
      [(key, name) => redis.zrange(key, `[${name}`, "+", "BYLEX", "LIMIT", 0, 2), 'After "b"'],
      [
        async (key, name) => (await redis.zrange(key, `(${name}`, "+", "BYLEX")).slice(0, 2),
        "brought 5 elements to pick from",
      ],
      [
        async (key, name) => {
          const all = await redis.zrange(key, 0, "-1");
          return all.slice(all.indexOf(name) + 1).slice(0, 2);
        },
        "brought 5 elements to pick from",
      ],
      [
        async (key, name) => {
          const at = name === "" ? 0 : Number(await redis.zrank(key, name)) + 1;
          return redis.zrange(key, at, String(at + 1));
        },
        'After "bb" should come c and d.',
      ],
    ],
  },
};
