import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "12/1": {
    right: [(key, settings) => redis.multi().del(key).hset(key, settings).exec()],
    wrong: [
      [(key, settings) => redis.set(key, JSON.stringify(settings)), "it should be a hash"],
      [(key, settings) => redis.hset(key, settings), "nothing should be left"],
      [
        async (key, settings) => {
          await redis.del(key);
          await redis.hset(key, settings);
        },
        "somebody finds no settings",
      ],
    ],
  },
  "12/2": {
    right: [(use) => ({ queue: "noeviction", cache: "allkeys-lru", mixed: "volatile-lru" })[use]],
    wrong: [
      [() => "allkeys-lru", "policy('queue')"],
      [(use) => (use === "queue" ? "noeviction" : "allkeys-lru"), "policy('mixed')"],
    ],
  },
};
