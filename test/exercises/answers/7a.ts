import { redis, type AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "7a/1": {
    right: [
      (words) => redis.eval("return table.concat(ARGV, '-')", 0, ...words),
      (words) => redis.eval("return table.concat(KEYS, '-')", words.length, ...words),
    ],
    wrong: [
      [(words) => redis.eval("return ARGV[1]", 0, ...words), "as one string, joined by dashes"],
      [(words) => redis.eval("return ARGV[1]", 0, words.join("-")), "the script did not join"],
      [(words) => words.join("-"), "nothing was sent to Redis"],
      [
        (words) => redis.eval("return ARGV[1] .. '-' .. ARGV[2] .. '-' .. ARGV[3]", 0, ...words),
        "threw ReplyError",
      ],
    ],
  },
  "7a/2": {
    right: [
      (keys, args) => redis.eval("return {#KEYS, #ARGV}", keys.length, ...keys, ...args),
      (keys, args) =>
        redis.eval("local k = #KEYS return {k, #ARGV}", keys.length, ...keys.concat(args)),
    ],
    wrong: [
      [
        (keys, args) => redis.eval("return {#KEYS, #ARGV}", 0, ...keys, ...args),
        "count the keys first, then the arguments",
      ],
      [
        (keys, args) =>
          redis.eval("return {#KEYS, #ARGV}", keys.length + args.length, ...keys, ...args),
        "count the keys first, then the arguments",
      ],
      [(keys, args) => [keys.length, args.length], "nothing was sent to Redis"],
      [
        (keys, args) => redis.eval(`return {${keys.length}, ${args.length}}`, 0),
        "the script did not count",
      ],
    ],
  },
  "7a/3": {
    right: [
      (numbers) =>
        redis.eval(
          `local best = tonumber(ARGV[1])
           for i = 2, #ARGV do best = math.max(best, tonumber(ARGV[i])) end
           return best`,
          0,
          ...numbers,
        ),
      (numbers) => redis.eval("return math.max(unpack(ARGV))", 0, ...numbers),
    ],
    wrong: [
      [
        (numbers) =>
          redis.eval(
            `local best = ARGV[1]
             for i = 2, #ARGV do if ARGV[i] > best then best = ARGV[i] end end
             return tonumber(best)`,
            0,
            ...numbers,
          ),
        "compared as a number",
      ],
      [
        (numbers) =>
          redis.eval(
            "local m = 0 for _, v in ipairs(ARGV) do m = math.max(m, tonumber(v)) end return m",
            0,
            ...numbers,
          ),
        "call:     largest([ -5, -3 ])",
      ],
      [(numbers) => Math.max(...numbers), "nothing was sent to Redis"],
      [
        (numbers) => redis.eval("return tonumber(ARGV[1])", 0, Math.max(...numbers)),
        "the script did not compare",
      ],
    ],
  },
};
