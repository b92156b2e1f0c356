import { UnrecoverableError } from "bullmq";
import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "9c/1": {
    right: [() => ({ attempts: 4, backoff: { type: "exponential", delay: 200 } })],
    wrong: [
      [() => ({ attempts: 3, backoff: { type: "exponential", delay: 200 } }), "tried four times"],
      [() => ({ attempts: 4, backoff: { type: "fixed", delay: 200 } }), "200, 400 and 800 ms"],
      [() => ({ attempts: 4 }), "200, 400 and 800 ms"],
      [
        () => ({ attempts: 4, backoff: { type: "exponential", delay: 200, jitter: 1 } }),
        "200, 400 and 800 ms",
      ],
    ],
  },
  "9c/2": {
    right: [
      (status) => {
        if (status === 404) throw new UnrecoverableError("not found");
        if (status >= 500) throw new Error("busy");
        return "ok";
      },
    ],
    wrong: [
      [() => "ok", "Status 404: a 404 should fail for good."],
      [
        (status) => {
          if (status !== 200) throw new Error("failed");
          return "ok";
        },
        "Status 404: a 404 should fail for good.",
      ],
      [
        (status) => {
          if (status !== 200) throw new UnrecoverableError("failed");
          return "ok";
        },
        "Status 503: a 503 should be tried again.",
      ],
    ],
  },
};
