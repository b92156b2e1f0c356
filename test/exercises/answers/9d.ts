import { setTimeout as sleep } from "node:timers/promises";
import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "9d/1": {
    right: [
      async (compute) => {
        for (let piece = 0; piece < 60; piece++) {
          compute(10);
          await sleep(0);
        }
      },
      async (compute) => {
        for (let piece = 0; piece < 30; piece++) {
          compute(20);
          await new Promise((next) => setImmediate(next));
        }
      },
    ],
    wrong: [
      [(compute) => compute(600), "lost its lock"],
      [
        async (compute) => {
          for (let piece = 0; piece < 60; piece++) {
            compute(10);
            // A promise that is fulfilled already lets no timer run.
            await Promise.resolve();
          }
        },
        "lost its lock",
      ],
      [(compute) => compute(10), "600 ms in all"],
    ],
  },
  "9d/2": {
    right: [
      async (queue) => {
        const active = await redis.lrange(`${queue}:active`, 0, "-1");
        const locks = await Promise.all(active.map((id) => redis.exists(`${queue}:${id}:lock`)));
        return active.filter((_, index) => locks[index] === 0);
      },
      async (queue) => {
        const found: string[] = [];
        for (const id of await redis.lrange(`${queue}:active`, 0, "-1")) {
          if ((await redis.get(`${queue}:${id}:lock`)) === null) found.push(id);
        }
        return found;
      },
    ],
    wrong: [
      [(queue) => redis.lrange(`${queue}:active`, 0, "-1"), "active: 1, 2, 3; locked: 2"],
      [
        async (queue) => {
          const active = await redis.lrange(`${queue}:active`, 0, "-1");
          const locked = await redis.keys(`${queue}:*:lock`);
          return active.filter((id) => !locked.includes(`${queue}:${id}:lock`));
        },
        "KEYS looks at every key",
      ],
      [() => ["1", "3"], "active: 7; locked: 7"],
    ],
  },
};
