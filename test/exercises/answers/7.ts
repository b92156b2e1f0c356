import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "7/1": {
    right: [
      async (a, b) => Number(await redis.eval("return tostring((ARGV[1] + ARGV[2]) / 2)", 0, a, b)),
      async (a, b) => Number(await redis.eval(`return tostring((${a} + ${b}) / 2)`, 0)),
      (a, b) => redis.eval("return {double = (ARGV[1] + ARGV[2]) / 2}", 0, a, b).then(Number),
    ],
    wrong: [
      [
        (a, b) => redis.eval("return (ARGV[1] + ARGV[2]) / 2", 0, a, b),
        "The average of 7 and 2 should be the number 4.5.",
      ],
      [
        (a, b) => redis.eval("return tostring((ARGV[1] + ARGV[2]) / 2)", 0, a, b),
        "should be the number 4.5",
      ],
      [(a, b) => (a + b) / 2, "nothing was sent to Redis"],
      [
        async () => Number(await redis.eval("return tostring((7 + 2) / 2)", 0)),
        "The average of 1 and 2 should be the number 1.5.",
      ],
    ],
  },
  "7/2": {
    right: [
      (n) => redis.eval("if ARGV[1] % 2 == 0 then return 'even' else return 'odd' end", 0, n),
      (n) => redis.eval(`return ${n} % 2 == 0 and "even" or "odd"`, 0),
    ],
    wrong: [
      [(n) => redis.eval("return ARGV[1] % 2", 0, n), "9 is odd."],
      [(n) => redis.eval("if ARGV[1] % 2 then return 'odd' end return 'even'", 0, n), "8 is even."],
      [(n) => (n % 2 === 0 ? "even" : "odd"), "nothing was sent to Redis"],
      [(n) => redis.eval(`return "${n % 2 === 0 ? "even" : "odd"}"`, 0), "it was not told n"],
    ],
  },
  "7/3": {
    right: [
      (...price) => redis.eval("return {true, ARGV[1] or false, 'EUR'}", 0, ...price),
      (...price) =>
        redis.eval(
          "local price = false if #ARGV == 1 then price = ARGV[1] end return {1, price, 'EUR'}",
          0,
          ...price,
        ),
    ],
    wrong: [
      [
        (...price) => redis.eval("return {true, ARGV[1], 'EUR'}", 0, ...price),
        "All three elements should come through.",
      ],
      [
        (...price) => redis.eval("return {true, ARGV[1] or '', 'EUR'}", 0, ...price),
        "All three elements should come through.",
      ],
      [
        () => redis.eval("return {true, false, 'EUR'}", 0),
        "All three elements should come through.",
      ],
      [(...price) => [1, price[0] ?? null, "EUR"], "nothing was sent to Redis"],
    ],
  },
};
