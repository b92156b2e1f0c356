import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "8/1": {
    right: [() => "Kgh", () => "hgK"],
    wrong: [
      [() => "K$", "A change to a hash should be reported."],
      [() => "Kh", "Setting an expiry should be reported."],
      [() => "KA", "Changes to other types should not be reported."],
      [() => "gh", "A change to a hash should be reported."],
      [() => "KEgh", "Each change should be reported once, but came on two channels."],
      [() => "Kgh$", "Changes to other types should not be reported."],
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
