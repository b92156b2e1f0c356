import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "10/1": {
    right: [(attempt) => (attempt >= 12 ? null : Math.min(100 * 2 ** (attempt - 1), 3000))],
    wrong: [
      [() => 100, "After attempt 2"],
      [(attempt) => Math.min(100 * 2 ** (attempt - 1), 3000), "it should give up"],
      [(attempt) => (attempt >= 12 ? null : 100 * 2 ** (attempt - 1)), "After attempt 6"],
    ],
  },
  "10/2": {
    right: [async (client, key, compute) => (await client.get(key).catch(() => null)) ?? compute()],
    wrong: [
      [async (client, key, compute) => (await client.get(key)) ?? compute(), "gone"],
      [
        async (client, key, compute) => (await client.get(key).catch(() => null)) || compute(),
        "an empty price",
      ],
      [
        async (client, key, compute) => {
          try {
            return (await client.get(key)) ?? (await compute());
          } catch {
            return "computed";
          }
        },
        "should throw",
      ],
    ],
  },
};
