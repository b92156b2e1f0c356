import type { Worker } from "bullmq";
import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "9i/1": {
    right: [
      async (worker: Worker, patienceMs) => {
        const timer = setTimeout(() => worker.cancelAllJobs("shutting down"), patienceMs);
        await worker.close();
        clearTimeout(timer);
      },
    ],
    wrong: [
      [(worker: Worker) => worker.close(), "The time was up: the job should be cancelled."],
      [(worker: Worker) => worker.close(true), "There was time enough"],
      [
        async (worker: Worker, patienceMs) => {
          setTimeout(() => worker.cancelAllJobs("shutting down"), patienceMs);
          await worker.close();
        },
        "the timer still ran",
      ],
      [
        async (worker: Worker) => {
          worker.cancelAllJobs("shutting down");
          await worker.close();
        },
        "There was time enough",
      ],
    ],
  },
  "9i/2": {
    right: [
      async (count, print, signal) => {
        for (let n = 1; n <= count; n++) {
          signal.throwIfAborted();
          await print(n);
        }
      },
      async (count, print, signal) => {
        for (let n = 1; n <= count; n++) {
          if (signal.aborted) throw new Error("stopped");
          await print(n);
        }
      },
    ],
    wrong: [
      [
        async (count, print) => {
          for (let n = 1; n <= count; n++) await print(n);
        },
        "should throw an error",
      ],
      [
        async (count, print, signal) => {
          for (let n = 1; n <= count && !signal.aborted; n++) await print(n);
        },
        "should throw an error",
      ],
      [
        async (count, print, signal) => {
          for (let n = 1; n <= count; n++) {
            await print(n);
            signal.throwIfAborted();
          }
        },
        "nothing should be printed",
      ],
    ],
  },
};
