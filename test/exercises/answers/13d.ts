import type { AnswerTable } from "../answer-table.js";

const library = (body: string) =>
  `#!lua name=lab\nredis.register_function("visit", function(keys, args) ${body} end)`;

export const answers: AnswerTable = {
  "13d/1": {
    right: [
      () =>
        library(
          `local count = redis.call("INCR", keys[1])
           if count == 1 then redis.call("EXPIRE", keys[1], args[1]) end
           return count`,
        ),
    ],
    wrong: [
      [() => library(`return redis.call("INCR", keys[1])`), "expire after the seconds"],
      [
        () =>
          library(
            `local count = redis.call("INCR", keys[1])
             redis.call("EXPIRE", keys[1], args[1])
             return count`,
          ),
        "not make it live longer",
      ],
      [() => `return redis.call("INCR", KEYS[1])`, "as a library called lab"],
    ],
  },
  "13d/2": {
    right: [(client, code) => client.function("LOAD", "REPLACE", code)],
    wrong: [
      [(client, code) => client.function("LOAD", code), "already exists"],
      [
        async (client, code) => {
          await client.function("DELETE", "one").catch(() => {});
          return client.function("LOAD", code);
        },
        "a call in between",
      ],
    ],
  },
};
