import { reader, redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "5a/1": {
    right: [
      async (key, id) => {
        const reply = await reader.xread("COUNT", 1, "BLOCK", 100, "STREAMS", key, id);
        return reply?.[0]?.[1][0]?.[0] ?? null;
      },
      async (key, id) => {
        const reply = await reader.xread("BLOCK", 100, "STREAMS", key, id);
        return reply === null ? null : reply[0]?.[1].map(([entry]) => entry)[0];
      },
    ],
    wrong: [
      [(_, id) => id, "The first entry after 0-0 is 1-0."],
      [
        async (key, id) => (await redis.xrange(key, `(${id}`, "+", "COUNT", 1))[0]?.[0] ?? null,
        "The call should wait: entry 3-0 came meanwhile, and should be given.",
      ],
      [
        async (key, id) =>
          (await reader.xread("COUNT", 1, "BLOCK", 0, "STREAMS", key, id))?.[0]?.[1][0]?.[0],
        "did not end within 1.5 seconds",
      ],
      [
        async (key, id) =>
          (await reader.xread("COUNT", 1, "BLOCK", 100, "STREAMS", key, id))?.[0]?.[1][0]?.[0],
        "There is no entry after 2-0, and none came: the call should return null.",
      ],
      [
        (key, id) => reader.xread("COUNT", 1, "BLOCK", 100, "STREAMS", key, id),
        "The first entry after 0-0 is 1-0.",
      ],
    ],
  },
  "5a/2": {
    right: [
      async (...keys) =>
        (await reader.xread("BLOCK", 200, "STREAMS", ...keys, "$", "$"))?.[0]?.[0] ?? "nobody",
      async (...keys) => {
        const reply = await reader.xread("COUNT", 1, "BLOCK", 200, "STREAMS", ...keys, "$", "$");
        return reply === null ? "nobody" : reply[0]?.[0];
      },
    ],
    wrong: [
      [() => "nobody", "give the key of the stream that has news"],
      [
        async (...keys) =>
          (await reader.xread("BLOCK", 200, "STREAMS", ...keys, "0", "0"))?.[0]?.[0] ?? "nobody",
        "give the key of the stream that has news",
      ],
      [
        async (mail) =>
          (await reader.xread("BLOCK", 200, "STREAMS", mail, "$"))?.[0]?.[0] ?? "nobody",
        "give the key of the stream that has news",
      ],
      [
        async (...keys) => (await redis.xread("STREAMS", ...keys, "$", "$"))?.[0]?.[0] ?? "nobody",
        "give the key of the stream that has news",
      ],
      [
        async (...keys) =>
          (await reader.xread("BLOCK", 200, "STREAMS", ...keys, "$", "$"))?.[0]?.[0],
        'nothing came, so "nobody"',
      ],
    ],
  },
};
