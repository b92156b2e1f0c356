import { setTimeout as sleep } from "node:timers/promises";
import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "9/1": {
    right: [
      (picture, width) => ({ width, height: picture.height }),
      (_, width) => ({ width, height: 9999 }),
    ],
    wrong: [
      [(_, width) => ({ width, height: width }), "should be 20 pixels wide"],
      [() => ({ width: 20, height: 200 }), "should be 128 pixels wide"],
      [(picture) => picture, "should be 20 pixels wide"],
    ],
  },
  "9/2": {
    right: [
      async (job) => {
        for (;;) {
          const state = await job.getState();
          if (state === "completed" || state === "failed") return state;
          await sleep(50);
        }
      },
    ],
    wrong: [
      [(job) => job.getState(), "The job is waiting, then active"],
      [
        async (job) => {
          for (;;) {
            const state = await job.getState();
            if (state === "completed" || state === "failed") return state;
          }
        },
        "a pause of 50 ms",
      ],
      [
        async (job) => {
          while ((await job.getState()) !== "completed") await sleep(50);
          return "completed";
        },
        "did not end",
      ],
    ],
  },
};
