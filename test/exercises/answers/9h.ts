import type { Queue } from "bullmq";
import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "9h/1": {
    right: [
      (queue: Queue, user) => queue.add("export", { user }, { deduplication: { id: user } }),
      (queue: Queue, user) =>
        queue.add("export", { user }, { jobId: `export-${user}`, removeOnComplete: true }),
    ],
    wrong: [
      [(queue: Queue, user) => queue.add("export", { user }), "Ala asked twice"],
      [(queue: Queue, user) => queue.add("export", { user }, { jobId: user }), "may ask again"],
      [
        (queue: Queue, user) =>
          queue.add("export", { user }, { deduplication: { id: user, ttl: 60_000 } }),
        "may ask again",
      ],
    ],
  },
  "9h/2": {
    right: [
      (account, id, amount) =>
        redis.eval(
          `if redis.call("SADD", KEYS[1], ARGV[1]) == 1 then redis.call("INCRBY", KEYS[2], ARGV[2]) end`,
          2,
          `${account}:done`,
          account,
          id,
          amount,
        ),
    ],
    wrong: [
      [(account, _, amount) => redis.incrby(account, amount), "the account should hold 5"],
      [
        async (account, id, amount) => {
          if ((await redis.sadd(`${account}:done`, id)) === 1) await redis.incrby(account, amount);
        },
        "a worker may die between them",
      ],
      [
        async (account, id, amount) => {
          if ((await redis.sismember(`${account}:done`, id)) === 1) return;
          await redis.multi().sadd(`${account}:done`, id).incrby(account, amount).exec();
        },
        "a worker may die between them",
      ],
    ],
  },
};
