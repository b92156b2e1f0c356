import type { Job } from "bullmq";
import type { AnswerTable } from "../answer-table.js";

const scale = (size: number, opts: object = {}) => ({
  name: "scale",
  queueName: "work",
  data: { size },
  opts,
});

export const answers: AnswerTable = {
  "9g/1": {
    right: [
      (sizes) => ({
        name: "zip",
        queueName: "work",
        children: sizes.map((size) => scale(size, { failParentOnFailure: true })),
      }),
    ],
    wrong: [
      [() => ({ name: "zip", queueName: "work" }), "Each size should be scaled once."],
      [
        (sizes) => ({ name: "zip", queueName: "work", children: sizes.map((size) => scale(size)) }),
        "the order should be failed",
      ],
      [
        (sizes) => ({
          name: "zip",
          queueName: "work",
          children: sizes.map((size) => scale(size, { ignoreDependencyOnFailure: true })),
        }),
        "the order should be failed",
      ],
    ],
  },
  "9g/2": {
    right: [
      async (job: Job) =>
        Object.values(await job.getChildrenValues<number>()).reduce((sum, value) => sum + value, 0),
    ],
    wrong: [
      [() => 0, "The children returned 1, 2, 3."],
      [
        async (job: Job) =>
          Object.values(await job.getChildrenValues<number>()).reduce((sum, value) => sum + value),
        "threw TypeError",
      ],
      [
        async (job: Job) => Object.keys(await job.getChildrenValues<number>()).length,
        "The children returned 1, 2, 3.",
      ],
    ],
  },
};
