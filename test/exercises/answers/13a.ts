import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "13a/1": {
    right: [async (keys) => (keys.length === 0 ? 0 : redis.pfcount(...keys))],
    wrong: [
      [
        async (keys) =>
          (await Promise.all(keys.map((key) => redis.pfcount(key)))).reduce((a, b) => a + b, 0),
        "3 different visitors",
      ],
      [(keys) => redis.pfcount(...keys), "unique([]"],
    ],
  },
  "13a/2": {
    right: [(day, visitor) => redis.multi().pfadd(day, visitor).expire(day, 2_592_000).exec()],
    wrong: [
      [(day, visitor) => redis.pfadd(day, visitor), "30 days after"],
      [
        async (day, visitor) => {
          await redis.pfadd(day, visitor);
          await redis.expire(day, 2_592_000);
        },
        "the key stays for ever",
      ],
      [
        (day, visitor) => redis.multi().pfadd(day, visitor).expire(day, 2_592_000, "NX").exec(),
        "30 days after",
      ],
    ],
  },
};
