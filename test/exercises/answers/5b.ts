import { redis, type AnswerTable } from "../answer-table.js";

async function take(key: string, consumer: string) {
  const one = ["COUNT", 1, "STREAMS", key, ">"] as const;
  return (await redis.xreadgroup("GROUP", "workers", consumer, ...one))?.[0]?.[1][0];
}

export const answers: AnswerTable = {
  "5b/1": {
    right: [
      async (key, consumer) => {
        const entry = await take(key, consumer);
        if (entry === undefined) return null;
        await redis.xack(key, "workers", entry[0]);
        return entry[1]?.[1];
      },
      async (key, consumer) => {
        const [reply] =
          (await redis.xreadgroup(
            "GROUP",
            "workers",
            consumer,
            "COUNT",
            1,
            "NOACK",
            "STREAMS",
            key,
            ">",
          )) ?? [];
        return reply?.[1][0]?.[1]?.[1] ?? null;
      },
    ],
    wrong: [
      [(_, consumer) => consumer, "Task A is next."],
      [
        async (key, consumer) => (await take(key, consumer))?.[1]?.[1] ?? null,
        "Each entry that was taken should be confirmed.",
      ],
      [
        async (key, consumer) => {
          const entry = await take(key, consumer);
          if (entry === undefined) return null;
          await redis.xdel(key, entry[0]);
          return entry[1]?.[1];
        },
        "Each entry that was taken should be confirmed.",
      ],
      [
        async (key, consumer) => {
          const all = await redis.xreadgroup("GROUP", "workers", consumer, "STREAMS", key, ">");
          const entries = all?.[0]?.[1] ?? [];
          for (const [id] of entries) await redis.xack(key, "workers", id);
          return entries[0]?.[1]?.[1] ?? null;
        },
        "Task B is next.",
      ],
      [
        async (key) => {
          const [entry] = await redis.xrange(key, "-", "+", "COUNT", 1);
          if (entry) await redis.xdel(key, entry[0]);
          return entry?.[1][1] ?? null;
        },
        "The entries should stay in the stream.",
      ],
    ],
  },
  "5b/2": {
    right: [
      async (key, consumer) => {
        const reply = await redis.xautoclaim(key, "workers", consumer, 0, "0", "JUSTID");
        const ids = reply[1] as string[];
        if (ids.length > 0) await redis.xack(key, "workers", ...ids);
        return ids;
      },
      async (key, consumer) => {
        const pending = (await redis.xpending(key, "workers", "-", "+", 100)) as [id: string][];
        const ids = pending.map(([id]) => id);
        if (ids.length === 0) return [];
        await redis.xclaim(key, "workers", consumer, 0, ...ids);
        await redis.xack(key, "workers", ...ids);
        return ids;
      },
    ],
    wrong: [
      [(_, consumer) => [consumer], "Pending: 1-0 and 2-0."],
      [
        async (key, consumer) =>
          (await redis.xautoclaim(key, "workers", consumer, 0, "0", "JUSTID"))[1],
        "What was taken over should be confirmed.",
      ],
      [
        async (key, consumer) =>
          (await redis.xautoclaim(key, "workers", consumer, 60_000, "0", "JUSTID"))[1],
        "1-0 and 2-0",
      ],
      [
        async (key, consumer) => {
          const reply = await redis.xautoclaim(key, "workers", consumer, 0, "0", "JUSTID");
          const ids = reply[1] as string[];
          await redis.xack(key, "workers", ...ids);
          return ids;
        },
        "threw ReplyError: ERR wrong number of arguments",
      ],
    ],
  },
};
