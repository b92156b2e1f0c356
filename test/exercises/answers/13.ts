import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "13/1": {
    right: [async (key, user) => (await redis.setbit(key, user, 1)) === 0],
    wrong: [
      [async (key, user) => (await redis.setbit(key, user, 1)) === 1, "isFirst("],
      [
        async (key, user) => {
          const before = await redis.getbit(key, user);
          await redis.setbit(key, user, 1);
          return before === 0;
        },
        "GETBIT and SETBIT",
      ],
    ],
  },
  "13/2": {
    right: [
      async (key, player, damage) => {
        const take = ["OVERFLOW", "SAT", "INCRBY", "u8", `#${player}`, -damage];
        return ((await redis.call("BITFIELD", key, ...take)) as number[])[0];
      },
    ],
    wrong: [
      [
        async (key, player, damage) =>
          (
            (await redis.call("BITFIELD", key, "INCRBY", "u8", `#${player}`, -damage)) as number[]
          )[0],
        "hit(",
      ],
      [
        async (key, player, damage) => {
          const [had = 0] = (await redis.call(
            "BITFIELD",
            key,
            "GET",
            "u8",
            `#${player}`,
          )) as number[];
          const left = Math.max(had - damage, 0);
          await redis.call("BITFIELD", key, "SET", "u8", `#${player}`, left);
          return left;
        },
        "another client",
      ],
    ],
  },
};
