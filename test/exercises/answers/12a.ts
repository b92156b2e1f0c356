import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "12a/1": {
    right: [
      (use) =>
        use === "cache"
          ? { save: "", appendonly: "no" }
          : { appendonly: "yes", appendfsync: "always" },
    ],
    wrong: [
      [() => ({ save: "3600 1" }), "after a crash the key should be yes"],
      [
        (use) => (use === "cache" ? { save: "" } : { appendonly: "yes" }),
        'appendfsync should be "always"',
      ],
      [() => ({ appendonly: "yes", appendfsync: "always" }), "cache: after a crash"],
    ],
  },
  "12a/2": {
    right: [
      (info) =>
        info.includes("aof_enabled:1")
          ? 0
          : Number(/rdb_changes_since_last_save:(\d+)/.exec(info)?.[1]),
    ],
    wrong: [
      [() => 0, "unsaved("],
      [(info) => Number(/rdb_changes_since_last_save:(\d+)/.exec(info)?.[1]), "unsaved("],
      [(info) => Number(/rdb_changes_since_last_save:(\d)/.exec(info)?.[1]), "unsaved("],
    ],
  },
};
