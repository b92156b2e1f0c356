import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "10c/1": {
    right: [
      (user) => [`{user:${user}}:profile`, `{user:${user}}:cart`],
      (user) => [`profile:{${user}}`, `cart:{${user}}`],
    ],
    wrong: [
      [(user) => [`profile:${user}`, `cart:${user}`], "in different slots"],
      [(user) => [`{user}:${user}:profile`, `{user}:${user}:cart`], "Different users"],
      [(user) => [`{user:${user}}`, `{user:${user}}`], "different names"],
    ],
  },
  "10c/2": {
    right: [
      async (client, keys) =>
        (await Promise.all(keys.map((key) => client.unlink(key)))).reduce((a, b) => a + b, 0),
    ],
    wrong: [
      [(client, keys) => client.unlink(...keys), "CROSSSLOT"],
      [
        async (client, keys) => {
          let sum = 0;
          for (const key of keys) sum += await client.unlink(key);
          return sum;
        },
        "send all at once",
      ],
      [
        async (client, keys) => {
          await Promise.all(keys.map((key) => client.unlink(key)));
          return keys.length;
        },
        "3 of 4 keys were there",
      ],
    ],
  },
};
