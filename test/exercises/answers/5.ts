import { entryRows } from "#lib/rows.js";
import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "5/1": {
    right: [
      async (key) => {
        const [row] = entryRows(await redis.xrevrange(key, "+", "-", "COUNT", 1));
        return Number(row?.["celsius"]);
      },
      async (key) => Number((await redis.xrevrange(key, "+", "-", "COUNT", 1))[0]?.[1][1]),
    ],
    wrong: [
      [
        async (key) => entryRows(await redis.xrevrange(key, "+", "-", "COUNT", 1))[0]?.["celsius"],
        "The newest entry says 20, which should come as a number.",
      ],
      [
        async (key) =>
          Number(entryRows(await redis.xrange(key, "-", "+", "COUNT", 1))[0]?.["celsius"]),
        "The newest entry says 22",
      ],
      [
        async (key) => Number(entryRows(await redis.xrange(key, "-", "+")).at(-1)?.["celsius"]),
        "XRANGE brought 2 elements to pick from",
      ],
    ],
  },
  "5/2": {
    right: [
      async (key, id) =>
        entryRows(await redis.xrange(key, `(${id}`, "+", "COUNT", 2)).map((row) => row["n"]),
      async (key, id) =>
        ((await redis.xread("COUNT", 2, "STREAMS", key, id))?.[0]?.[1] ?? []).map(
          ([, fields]) => fields[1],
        ),
    ],
    wrong: [
      [
        async (key) => entryRows(await redis.xrange(key, "-", "+")).map((row) => row["n"]),
        "After 0-0 should come 1 and 2.",
      ],
      [
        async (key, id) =>
          entryRows(await redis.xrange(key, id, "+", "COUNT", 2)).map((row) => row["n"]),
        "After 2-0 should come 3 and 4.",
      ],
      [
        async (key, id) =>
          entryRows(await redis.xrange(key, `(${id}`, "+"))
            .map((row) => row["n"])
            .slice(0, 2),
        "XRANGE brought 5 elements",
      ],
    ],
  },
  "5/3": {
    right: [
      (key, text) => redis.xadd(key, "MAXLEN", 3, "*", "text", text),
      (key, text) => redis.xadd(key, "MAXLEN", "=", 3, "*", "text", text),
    ],
    wrong: [
      [(key, text) => redis.xadd(key, "*", "text", text), "After 4 calls, the last 3 should be"],
      [
        (key, text) => redis.xadd(key, "MAXLEN", "~", 3, "*", "text", text),
        "After 4 calls, the last 3 should be there.",
      ],
      [
        async (key, text) => {
          await redis.xadd(key, "*", "text", text);
          await redis.xtrim(key, "MAXLEN", 3);
        },
        "2 commands (XADD and XTRIM): in between, there are four entries.",
      ],
    ],
  },
};
