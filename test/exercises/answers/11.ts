import { setTimeout as sleep } from "node:timers/promises";
import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "11/1": {
    right: [
      async (key, seconds, compute) => {
        const known = await redis.get(key);
        if (known !== null) return JSON.parse(known) as unknown;
        const fresh = await compute();
        await redis.set(key, JSON.stringify(fresh), "EX", seconds);
        return fresh;
      },
    ],
    wrong: [
      [(_key, _seconds, compute) => compute(), "should be computed once"],
      [
        async (key, seconds, compute) => {
          const known = await redis.get(key);
          const value = known === null ? null : (JSON.parse(known) as unknown);
          if (value !== null) return value;
          const fresh = await compute();
          await redis.set(key, JSON.stringify(fresh), "EX", seconds);
          return fresh;
        },
        "null should be computed once",
      ],
      [
        async (key, _, compute) => {
          const known = await redis.get(key);
          if (known !== null) return JSON.parse(known) as unknown;
          const fresh = await compute();
          await redis.set(key, JSON.stringify(fresh));
          return fresh;
        },
        "for the seconds given",
      ],
    ],
  },
  "11/2": {
    right: [
      async (key, compute) => {
        for (;;) {
          const known = await redis.get(key);
          if (known !== null) return known;
          if ((await redis.set(`${key}:lock`, "1", "PX", 2000, "NX")) === "OK") break;
          await sleep(10);
        }
        // Another one may have ended between the miss and the lock.
        const fresh = (await redis.get(key)) ?? (await compute());
        await redis.multi().set(key, fresh, "EX", 60).del(`${key}:lock`).exec();
        return fresh;
      },
    ],
    wrong: [
      [
        async (key, compute) => {
          const fresh = (await redis.get(key)) ?? (await compute());
          await redis.set(key, fresh, "EX", 60);
          return fresh;
        },
        "it should be computed once",
      ],
      [
        async (key, compute) => {
          if ((await redis.set(`${key}:lock`, "1", "NX")) === null) return redis.get(key);
          const fresh = await compute();
          await redis.set(key, fresh, "EX", 60);
          return fresh;
        },
        "All of them should have the same text.",
      ],
    ],
  },
};
