import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "4/1": {
    right: [
      async (channel, value) => (await redis.publish(channel, JSON.stringify(value))) > 0,
      (channel, value) => redis.publish(channel, JSON.stringify(value)).then(Boolean),
    ],
    wrong: [
      [
        async (channel, value) => {
          await redis.publish(channel, String(value));
          return true;
        },
        "The message should be the value as JSON.",
      ],
      [
        async (channel, value) => {
          await redis.publish(channel, JSON.stringify(value));
          return true;
        },
        "Nobody listens: the call should return false.",
      ],
      [
        (channel, value) => redis.publish(channel, JSON.stringify(value)),
        "Somebody listens: the call should return true.",
      ],
      [
        async (channel, value) => {
          const receivers = redis.publish(channel, JSON.stringify(value));
          return Number(receivers) > 0;
        },
        "did not wait for the promise of PUBLISH",
      ],
    ],
  },
  "4/2": {
    right: [
      async (name, price) => {
        await redis.set(name, price);
        await redis.publish(name, price);
      },
      (name, price) => redis.multi().set(name, price).publish(name, price).exec(),
    ],
    wrong: [
      [(name, price) => redis.publish(name, price), "The key should hold the price."],
      [(name, price) => redis.set(name, price), "The channel should carry the price."],
      [
        async (name, price) => {
          await redis.publish(name, price);
          await redis.set(name, price);
        },
        "Another client came between PUBLISH and SET: it had heard the new price, and found the old",
      ],
      [
        (name, price) => Promise.all([redis.publish(name, price), redis.set(name, price)]),
        "Another client came between PUBLISH and SET: it had heard the new price, and found the old",
      ],
    ],
  },
};
