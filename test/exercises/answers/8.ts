import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "8/1": {
    right: [() => "Kgh", () => "hgK"],
    wrong: [
      [() => "K$", "A change of a hash should be told."],
      [() => "Kh", "An expiry that is set should be told."],
      [() => "KA", "Changes of other types should not be told."],
      [() => "gh", "A change of a hash should be told."],
      [() => "KEgh", "One channel is enough: each change was told twice."],
      [() => "Kgh$", "Changes of other types should not be told."],
    ],
  },
  "8/2": {
    right: [
      (copies, channel) => copies.delete(channel.slice(channel.indexOf(":") + 1)),
      (copies, channel) => copies.delete(channel.split(":").slice(1).join(":")),
    ],
    wrong: [
      [(copies, channel) => copies.delete(channel), "The copy of lab:8:a should go, and no other."],
      [(copies, channel) => copies.delete(channel.split(":")[1] ?? ""), "The copy of lab:8:a"],
      [(copies, channel) => copies.delete(channel.split(":").at(-1) ?? ""), "The copy of lab:8:a"],
      [(copies) => copies.clear(), "The copy of lab:8:a should go, and no other."],
      [(copies, channel) => copies.delete(channel.slice("__keyspace@0__:".length)), "The copy of"],
    ],
  },
};
