import { reader, redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "2a/1": {
    right: [
      async (key) => {
        const item = await reader.brpop(key, 0.1);
        return item ? item[1] : "nothing";
      },
      async (key) => (await reader.brpop([key], 0.1))?.[1] ?? "nothing",
      async (key) => (await reader.blmpop(0.1, 1, key, "RIGHT"))?.[1][0] ?? "nothing",
    ],
    wrong: [
      [(key) => reader.brpop(key, 0.1), "return its value alone"],
      [async (key) => (await reader.brpop(key, 0.1))?.[1], 'the call should return "nothing"'],
      [
        async (key) => (await redis.rpop(key)) ?? "nothing",
        "An element that comes while the call waits should be taken.",
      ],
      [async (key) => (await reader.brpop(key, 0))?.[1], "did not end within 1.5 seconds"],
    ],
  },
  "2a/2": {
    right: [
      (urgent, normal) => reader.brpop(urgent, normal, 0.1),
      (urgent, normal) => reader.brpop([urgent, normal], 0.1),
    ],
    wrong: [
      [(urgent, normal) => reader.brpop(normal, urgent, 0.1), "Urgent elements come first"],
      [(urgent, normal) => reader.blpop(urgent, normal, 0.1), "oldest first"],
      [
        async (urgent, normal) => {
          const first = await redis.rpop(urgent);
          if (first !== null) return [urgent, first];
          const second = await redis.rpop(normal);
          return second === null ? null : [normal, second];
        },
        "the call should wait for either",
      ],
    ],
  },
};
