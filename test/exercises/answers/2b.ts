import { connect } from "#lib/connections.js";
import { redis, type AnswerTable } from "../answer-table.js";

const other = await connect("db 1", { db: 1 });

export const answers: AnswerTable = {
  "2b/1": {
    right: [
      (key) => redis.copy(key, key, "DB", 1),
      (key) => redis.copy(key, key, "DB", 1, "REPLACE"),
    ],
    wrong: [
      [(key) => redis.move(key, 1), "Database 0 should keep the key."],
      [
        async (key) => other.set(key, (await redis.get(key)) ?? ""),
        "A key that expires should expire in database 1 as well.",
      ],
      [(key) => redis.copy(key, `${key}:copy`), "Database 1 should have the key, too."],
      [
        async (key) => {
          const [value, ttl] = [await redis.dumpBuffer(key), await redis.pttl(key)];
          await other.restore(key, Math.max(ttl, 0), value ?? "");
        },
        "3 commands (DUMP, PTTL and RESTORE): another client can come between them.",
      ],
    ],
  },
  "2b/2": {
    right: [
      (db) => redis.select(db).then(String, (error: Error) => error.message),
      async (db) => {
        try {
          return await redis.select(db);
        } catch (error) {
          return (error as Error).message;
        }
      },
    ],
    wrong: [
      [() => "ERR DB index is out of range", "nothing was sent to Redis"],
      [(db) => redis.select(db), "refusal(99) threw ReplyError: ERR DB index is out of range"],
      [
        (db) => redis.select(db).catch((error: Error) => error),
        "The call should return the message of the error.",
      ],
      [
        (db) =>
          redis.select(db).then(
            () => null,
            (error: Error) => error.message,
          ),
        "There is a database 0: the reply is OK.",
      ],
    ],
  },
};
