import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "4-task/1": {
    right: [(root) => `${root}:*:error`, (root) => `${root}:?*:error`],
    wrong: [
      [(root) => `${root}:web:*`, "match the channel ...:db:error"],
      [(root) => `${root}:*`, "not match the channel ...:web:info"],
      [(root) => `${root}:*:error*`, "not match the channel ...:db:errors"],
      [() => "*:error", "should not match the errors of another log"],
      [() => "lab:4-task:log:*:error", "match the channel ...:web:error"],
    ],
  },
  "4-task/2": {
    right: [
      (channel) => channel.split("tasks_")[1],
      (channel) => channel.slice(channel.indexOf("tasks_") + "tasks_".length),
    ],
    wrong: [
      [(channel) => channel, "The kind is all that follows tasks_."],
      [(channel) => channel.split("_")[1], "The kind is all that follows tasks_."],
      [(channel) => channel.split("_").at(-1), "The kind is all that follows tasks_."],
      [
        (channel) => channel.slice("lab:4-task:tasks_".length),
        "The kind is all that follows tasks_.",
      ],
    ],
  },
};
