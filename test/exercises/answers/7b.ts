import { redis, type AnswerTable } from "../answer-table.js";

const loop = (head: string, body: string) =>
  `local result = {} for ${head} do ${body} end return result`;

export const answers: AnswerTable = {
  "7b/1": {
    right: [
      (n) => redis.eval(loop("i = 1, ARGV[1]", "result[i] = i * i"), 0, n),
      (n) => redis.eval(loop("i = 1, tonumber(ARGV[1])", "result[#result + 1] = i ^ 2"), 0, n),
    ],
    wrong: [
      [
        (n) => redis.eval(loop("i = 0, ARGV[1] - 1", "result[i] = i * i"), 0, n),
        "The squares of 1 to 10 should come back.",
      ],
      [(n) => redis.eval(loop("i = 1, 10", "result[i] = i * i"), 0, n), "The squares of 1 to 3"],
      [(n) => Array.from({ length: n }, (_, i) => (i + 1) ** 2), "nothing was sent to Redis"],
      [
        (n) =>
          redis.eval(
            loop("i, v in ipairs(ARGV)", "result[i] = tonumber(v)"),
            0,
            ...Array.from({ length: n }, (_, i) => (i + 1) ** 2),
          ),
        "the script did not compute",
      ],
    ],
  },
  "7b/2": {
    right: [
      (numbers) =>
        redis.eval(
          loop("_, v in ipairs(ARGV)", "if v % 2 == 0 then result[#result + 1] = tonumber(v) end"),
          0,
          ...numbers,
        ),
      (numbers) =>
        redis.eval(
          loop("_, v in ipairs(ARGV)", "if v % 2 == 0 then table.insert(result, tonumber(v)) end"),
          0,
          ...numbers,
        ),
    ],
    wrong: [
      [
        (numbers) =>
          redis.eval(
            loop("i, v in ipairs(ARGV)", "if v % 2 == 0 then result[i] = tonumber(v) end"),
            0,
            ...numbers,
          ),
        "All even numbers should come back",
      ],
      [
        (numbers) =>
          redis.eval(
            loop("_, v in ipairs(ARGV)", "if v % 2 == 0 then result[#result + 1] = v end"),
            0,
            ...numbers,
          ),
        "All even numbers should come back, as numbers",
      ],
      [
        (numbers) => redis.eval("return ARGV", 0, ...numbers.filter((n) => n % 2 === 0)),
        "All even numbers should come back, as numbers",
      ],
      [(numbers) => numbers.filter((n) => n % 2 === 0), "nothing was sent to Redis"],
    ],
  },
  "7b/3": {
    right: [
      async (name, age) => {
        const script = "return {{'name', ARGV[1]}, {'age', tonumber(ARGV[2])}}";
        return Object.fromEntries((await redis.eval(script, 0, name, age)) as [string, unknown][]);
      },
      async (name, age) => {
        const script = "return {'name', ARGV[1], 'age', tonumber(ARGV[2])}";
        const reply = (await redis.eval(script, 0, name, age)) as unknown[];
        return { name: reply[1], age: reply[3] };
      },
    ],
    wrong: [
      [
        async (name, age) => {
          const script = "return {{'name', ARGV[1]}, {'age', ARGV[2]}}";
          return Object.fromEntries(
            (await redis.eval(script, 0, name, age)) as [string, unknown][],
          );
        },
        "the age, which is a number",
      ],
      [
        (name, age) => redis.eval("return {name = ARGV[1], age = tonumber(ARGV[2])}", 0, name, age),
        "the name and the age",
      ],
      [(name, age) => ({ name, age }), "nothing was sent to Redis"],
      [
        async () => {
          const script = "return {{'name', 'Ala'}, {'age', 24}}";
          return Object.fromEntries((await redis.eval(script, 0)) as [string, unknown][]);
        },
        "the name and the age",
      ],
    ],
  },
};
