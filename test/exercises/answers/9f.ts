import type { Queue } from "bullmq";
import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "9f/1": {
    right: [
      (queue: Queue, name, pays) => queue.add(name, { pays }, { priority: pays ? 1 : 2 }),
      (queue: Queue, name, pays) => queue.add(name, {}, pays ? {} : { priority: 1 }),
    ],
    wrong: [
      [(queue: Queue, name) => queue.add(name, {}), "Capitals pay"],
      [
        (queue: Queue, name, pays) => queue.add(name, {}, pays ? { priority: 1 } : {}),
        "Capitals pay",
      ],
      [(queue: Queue, name, pays) => queue.add(name, {}, { lifo: pays }), "Capitals pay"],
    ],
  },
  "9f/2": {
    right: [(queue: Queue) => queue.setGlobalConcurrency(1)],
    wrong: [
      [() => {}, "jobs ran at the same time"],
      [(queue: Queue) => queue.setGlobalConcurrency(2), "jobs ran at the same time"],
    ],
  },
};
