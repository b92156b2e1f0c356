import { redis, type AnswerTable } from "../answer-table.js";

const sum = (events: [string, string[]][], start: number) =>
  events.reduce((all, [, fields]) => all + Number(fields[1]), start);

export const answers: AnswerTable = {
  "11f/1": {
    right: [
      async (key) => {
        const items = new Set<string>();
        for (const [, [, what, , item = ""]] of await redis.xrange(key, "-", "+")) {
          if (what === "add") items.add(item);
          else items.delete(item);
        }
        return [...items].toSorted();
      },
    ],
    wrong: [
      [
        async (key) =>
          (await redis.xrange(key, "-", "+")).map(([, fields]) => fields[3] ?? "").toSorted(),
        "After remove milk.",
      ],
      [
        async (key) => {
          const items: string[] = [];
          for (const [, [, what, , item = ""]] of await redis.xrange(key, "-", "+")) {
            if (what === "add") items.push(item);
            else items.splice(items.indexOf(item), 1);
          }
          return items.toSorted();
        },
        "After remove tea.",
      ],
    ],
  },
  "11f/2": {
    right: [
      async (log, snapshot) => {
        const [known, upTo] = await redis.hmget(snapshot, "balance", "upTo");
        const from = upTo === null || upTo === undefined ? "-" : `(${upTo}`;
        return sum(await redis.xrange(log, from, "+"), Number(known ?? 0));
      },
    ],
    wrong: [
      [async (log) => sum(await redis.xrange(log, "-", "+"), 0), "it read 4 events"],
      [
        async (log, snapshot) => {
          const { balance = "0", upTo = "-" } = await redis.hgetall(snapshot);
          return sum(await redis.xrange(log, upTo, "+"), Number(balance));
        },
        "The snapshot says 70",
      ],
    ],
  },
};
