import { randomUUID } from "node:crypto";
import { redis, type AnswerTable } from "../answer-table.js";

const freeing = `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`;

export const answers: AnswerTable = {
  "11b/1": {
    right: [async (key, token) => (await redis.eval(freeing, 1, key, token)) === 1],
    wrong: [
      [async (key) => (await redis.del(key)) === 1, "another one's lock"],
      [
        async (key, token) => {
          if ((await redis.get(key)) !== token) return false;
          return (await redis.del(key)) === 1;
        },
        "came between GET and DEL",
      ],
    ],
  },
  "11b/2": {
    right: [
      async (key, work) => {
        const token = randomUUID();
        if ((await redis.set(key, token, "PX", 5000, "NX")) === null) return null;
        try {
          return await work();
        } finally {
          await redis.eval(freeing, 1, key, token);
        }
      },
    ],
    wrong: [
      [
        async (key, work) => {
          if ((await redis.set(key, "locked", "PX", 5000, "NX")) === null) return null;
          const result = await work();
          await redis.del(key);
          return result;
        },
        "After an error the lock should be free, too.",
      ],
      [
        async (key, work) => {
          if ((await redis.set(key, "locked", "PX", 5000, "NX")) === null) return null;
          try {
            return await work();
          } finally {
            await redis.del(key);
          }
        },
        "it freed the one that came after it",
      ],
      [(_, work) => work(), "the lock should be there"],
    ],
  },
};
