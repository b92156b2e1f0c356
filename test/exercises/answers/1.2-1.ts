import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "1.2-1/1": {
    right: [
      async (key, hex) => {
        await redis.set(key, Buffer.from(hex, "hex"));
        return redis.getBuffer(key);
      },
      (key, hex) => redis.set(key, Buffer.from(hex, "hex")).then(() => redis.getBuffer(key)),
    ],
    wrong: [
      [
        async (key, hex) => {
          await redis.set(key, hex);
          return redis.getBuffer(key);
        },
        "The key should hold these 4 bytes, in hex.",
      ],
      [
        async (key, hex) => {
          await redis.set(key, Buffer.from(hex, "hex"));
          return redis.get(key);
        },
        "The call should return the bytes as a Buffer.",
      ],
      [
        async (key, hex) => {
          await redis.set(key, Buffer.from(hex, "hex"));
          return Buffer.from(hex, "hex");
        },
        "the bytes were not read back",
      ],
      [
        async (key, hex) => {
          void redis.set(key, Buffer.from(hex, "hex"));
          return redis.getBuffer(key);
        },
        "did not wait for the promise of SET",
      ],
    ],
  },
  "1.2-1/2": {
    right: [
      async (key, text) => {
        await redis.set(key, text);
        return redis.strlen(key);
      },
      async (key, text) => {
        await redis.del(key);
        return redis.append(key, text);
      },
    ],
    wrong: [
      [(_, text) => text.length, '"🐘" takes 4 bytes.'],
      [(_, text) => Buffer.byteLength(text), "nothing was sent to Redis"],
      [() => 4, "nothing was sent to Redis"],
      [
        async (key, text) => {
          await redis.set(key, text);
          return (await redis.getBuffer(key))?.length;
        },
        "Right result, but Redis did not count.",
      ],
    ],
  },
};
