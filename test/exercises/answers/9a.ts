import { UnrecoverableError } from "bullmq";
import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "9a/1": {
    right: [
      async (ask, numbers) => {
        let soFar = 1;
        for (const next of numbers) soFar = await ask("multiply", soFar, next);
        return soFar;
      },
    ],
    wrong: [
      [(ask, [a = 1, b = 1]) => ask("multiply", a, b), "product of 2, 3, 4, 5"],
      [(_, numbers) => numbers.reduce((sum, one) => sum * one, 1), "the worker was not asked"],
    ],
  },
  "9a/2": {
    right: [
      (ask, whole, parts) =>
        Promise.all(
          parts.map((part) => ask("divide", whole, part).catch((error: Error) => error.message)),
        ),
      async (ask, whole, parts) =>
        (await Promise.allSettled(parts.map((part) => ask("divide", whole, part)))).map((one) =>
          one.status === "fulfilled" ? one.value : (one.reason as Error).message,
        ),
    ],
    wrong: [
      [
        (ask, whole, parts) => Promise.all(parts.map((part) => ask("divide", whole, part))),
        "division by zero",
      ],
      [
        async (ask, whole, parts) => {
          const all: unknown[] = [];
          for (const part of parts) {
            all.push(await ask("divide", whole, part).catch((error: Error) => error.message));
          }
          return all;
        },
        "one after the other",
      ],
      [
        (_, whole, parts) => parts.map((part) => (part === 0 ? "division by zero" : whole / part)),
        "asked once for each part",
      ],
    ],
  },
  "9a/3": {
    right: [
      ({ data: { text } }) => {
        if (text === "") throw new UnrecoverableError("nothing to shout");
        return text.toUpperCase();
      },
    ],
    wrong: [
      [({ data: { text } }) => text.toUpperCase(), "should throw an error"],
      [
        ({ data: { text } }) => {
          if (text === "") throw new Error("nothing to shout");
          return text.toUpperCase();
        },
        "should not be tried again",
      ],
      [({ data: { text } }) => text, "should give another value"],
    ],
  },
};
