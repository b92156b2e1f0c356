import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "12c/1": {
    right: [() => ["~count:*", "+incr", "+incrby", "+get"]],
    wrong: [
      [() => ["~*", "+@all"], "GET orders should be refused"],
      [() => ["~count:*", "+@write", "+get"], "SET count:a 1 should be refused"],
      [() => ["~count:*", "+incr", "+get"], "INCRBY count:b 5 should be allowed"],
      [() => ["+incr", "+incrby", "+get"], "INCR count:a should be allowed"],
    ],
  },
  "12c/2": {
    right: [
      (url) => {
        const parsed = new URL(url);
        if (parsed.password !== "") parsed.password = "***";
        return parsed.toString();
      },
    ],
    wrong: [
      [(url) => url, "shown("],
      [(url) => url.replace(/:[^:@]*@/, ":***"), "shown("],
      [
        (url) => {
          const { password } = new URL(url);
          return password === "" ? url : url.replaceAll(password, "***");
        },
        "shown('redis://redis:redis@redis:6379')",
      ],
    ],
  },
};
