import type { Queue, QueueEvents } from "bullmq";
import type { AnswerTable } from "../answer-table.js";

type Data = object;

export const answers: AnswerTable = {
  "9b/1": {
    right: [
      async (queue: Queue, events: QueueEvents, data: Data, limitMs) => {
        const job = await queue.add("sum", data);
        return job.waitUntilFinished(events, limitMs);
      },
    ],
    wrong: [
      [
        async (queue: Queue, _: QueueEvents, data: Data) => (await queue.add("sum", data)).id,
        "be 5",
      ],
      [
        async (queue: Queue, _: QueueEvents, data: Data) => {
          const { id } = await queue.add("sum", data);
          return (await queue.getJob(id ?? ""))?.returnvalue;
        },
        "be 5",
      ],
      [
        async (queue: Queue, events: QueueEvents, data: Data) =>
          (await queue.add("sum", data)).waitUntilFinished(events, 2500),
        "give up after limitMs",
      ],
    ],
  },
  "9b/2": {
    right: [
      ({ name, data }) => {
        if (name === "welcome") return `Hello, ${data.to}`;
        if (name === "goodbye") return `Bye, ${data.to}`;
        throw new Error(`unknown: ${name}`);
      },
    ],
    wrong: [
      [({ data }) => `Hello, ${data.to}`, "greet("],
      [
        ({ name, data }) =>
          name === "welcome"
            ? `Hello, ${data.to}`
            : name === "goodbye"
              ? `Bye, ${data.to}`
              : `unknown: ${name}`,
        "should throw an error",
      ],
      [
        ({ name, data }) => {
          const words: Record<string, string> = { welcome: "Hello", goodbye: "Bye" };
          if (words[name] === undefined) throw new Error(`unknown: ${name}`);
          return `${words[name]}, ${data.to}`;
        },
        "should throw an error",
      ],
    ],
  },
};
