import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "12b/1": {
    right: [
      async (pattern) => {
        const found = new Set<string>();
        let cursor = "0";
        do {
          const [next, some] = await redis.scan(cursor, "MATCH", pattern, "COUNT", 1000);
          for (const key of some) found.add(key);
          cursor = next;
        } while (cursor !== "0");
        return found.size;
      },
      async (pattern) => {
        const found = new Set<string>();
        for await (const some of redis.scanStream({ match: pattern })) {
          for (const key of some as string[]) found.add(key);
        }
        return found.size;
      },
      (pattern) =>
        new Promise((resolve, reject) => {
          const found = new Set<string>();
          const look = (cursor: string): unknown =>
            redis.scan(
              cursor,
              "MATCH",
              pattern,
              "COUNT",
              1000,
              (error, [next, some] = ["0", []]) => {
                if (error) return reject(error);
                for (const key of some) found.add(key);
                return next === "0" ? resolve(found.size) : look(next);
              },
            );
          look("0");
        }),
    ],
    wrong: [
      [async (pattern) => (await redis.keys(pattern)).length, "KEYS keeps everybody waiting"],
      [async (pattern) => (await redis.scan("0", "MATCH", pattern))[1].length, "150 keys match"],
      [() => redis.dbsize(), "150 keys match"],
      [
        (pattern) => void redis.scan("0", "MATCH", pattern, () => {}),
        "did not wait for the promise of SCAN",
      ],
    ],
  },
  "12b/2": {
    right: [
      async (key) => {
        const values = new Map<string, number>();
        let cursor = "0";
        do {
          const [next, flat] = await redis.hscan(key, cursor, "COUNT", 100);
          for (let i = 0; i < flat.length; i += 2) values.set(flat[i] ?? "", Number(flat[i + 1]));
          cursor = next;
        } while (cursor !== "0");
        return [...values.values()].reduce((sum, value) => sum + value, 0);
      },
    ],
    wrong: [
      [
        async (key) => (await redis.hvals(key)).reduce((sum, value) => sum + Number(value), 0),
        "one reply brought 2000 elements",
      ],
      [
        async (key) => {
          const [, flat] = await redis.hscan(key, 0, "COUNT", 100);
          return flat.reduce((sum, value, i) => (i % 2 === 1 ? sum + Number(value) : sum), 0);
        },
        "The sum of 2000 values.",
      ],
      [(key) => redis.hlen(key), "The sum of 3 values."],
    ],
  },
};
