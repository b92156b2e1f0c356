import type { Queue } from "bullmq";
import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "9j/1": {
    right: [
      async (queue: Queue) => {
        const [job] = await queue.getJobs(["waiting"], 0, 0, true);
        return job === undefined ? 0 : Date.now() - job.timestamp;
      },
    ],
    wrong: [
      [
        async (queue: Queue) => {
          const [job] = await queue.getJobs(["waiting"], 0, 0, true);
          return Date.now() - (job?.timestamp ?? 0);
        },
        "No job waits",
      ],
      [
        async (queue: Queue) => {
          const [job] = await queue.getJobs(["waiting"], 0, 0);
          return job === undefined ? 0 : Date.now() - job.timestamp;
        },
        "waited 5 seconds",
      ],
      [
        async (queue: Queue) => {
          const jobs = await queue.getWaiting();
          return Math.max(0, ...jobs.map(({ timestamp }) => Date.now() - timestamp));
        },
        "Right",
      ],
    ],
  },
  "9j/2": {
    right: [
      async (queue: Queue) => [
        ...((await queue.isPaused()) ? ["paused"] : []),
        ...((await queue.getFailedCount()) > 0 ? ["failed"] : []),
        ...((await queue.getWorkersCount()) === 0 ? ["no worker"] : []),
      ],
    ],
    wrong: [
      [async (queue: Queue) => ((await queue.isPaused()) ? ["paused"] : []), "No worker"],
      [
        async (queue: Queue) => [
          ...((await queue.isPaused()) ? ["paused"] : []),
          ...((await queue.getFailedCount()) > 1 ? ["failed"] : []),
          ...((await queue.getWorkersCount()) === 0 ? ["no worker"] : []),
        ],
        "One job has failed.",
      ],
    ],
  },
};
