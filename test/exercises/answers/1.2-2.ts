import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "1.2-2/1": {
    right: [
      async (key) => Number(await redis.get(key)) + 1,
      async (key) => parseFloat((await redis.get(key)) ?? "0") + 1,
    ],
    wrong: [
      [async (key) => `${await redis.get(key)}1`, "one more is the number 25"],
      [async (key) => String(Number(await redis.get(key)) + 1), "one more is the number 25"],
      [(key) => redis.incr(key), "The key should still hold what it held."],
      [() => 25, "The key holds -1"],
      [async (key) => parseInt((await redis.get(key)) ?? "0", 10) + 1, "The key holds 0.5"],
    ],
  },
  "1.2-2/2": {
    right: [
      async (key, text) => {
        await redis.set(key, text);
        return redis.strlen(key);
      },
      async (key, text) => (await redis.pipeline().set(key, text).strlen(key).exec())?.[1]?.[1],
    ],
    wrong: [
      [
        async (key, text) => {
          await redis.set(key, text);
          return (await redis.get(key))?.length;
        },
        '"żółw" takes 7 bytes.',
      ],
      [
        async (key, text) => {
          await redis.set(key, text);
          return (await redis.getBuffer(key))?.length;
        },
        "the text was read back",
      ],
      [
        async (key, text) => {
          await redis.set(key, text);
          return Buffer.byteLength(text);
        },
        "Redis did not count",
      ],
      [(_, text) => Buffer.byteLength(text), "The key should hold the text."],
    ],
  },
  "1.2-2/3": {
    right: [
      (bytes) => Buffer.from(bytes.toString("utf8")).equals(bytes),
      (bytes) => {
        try {
          new TextDecoder("utf-8", { fatal: true }).decode(bytes);
          return true;
        } catch {
          return false;
        }
      },
    ],
    wrong: [
      [(bytes) => bytes.length > 0, "ff never occurs in UTF-8"],
      [(bytes) => !bytes.toString("utf8").includes("�"), "a character like any other"],
      [(bytes) => !bytes.includes(0xff), "ż has a second byte"],
      [
        (bytes) => bytes.length > 0 && Buffer.from(bytes.toString("utf8")).equals(bytes),
        "no bytes are an empty string",
      ],
    ],
  },
};
