import { redis, type AnswerTable } from "../answer-table.js";

const release = `
  if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end
  return 0`;
const allow = (expire: string) => `
  local count = redis.call("INCR", KEYS[1])
  ${expire}
  if count <= tonumber(ARGV[1]) then return 1 end
  return 0`;
const call = (script: string) => (key: string, limit: number, seconds: number) =>
  redis.eval(script, 1, key, limit, seconds);

export const answers: AnswerTable = {
  "7d/1": {
    right: [
      (key, token) => redis.eval(release, 1, key, token),
      async (key, token) => {
        await redis.watch(key);
        if ((await redis.get(key)) !== token) return (await redis.unwatch()) && 0;
        return (await redis.multi().del(key).exec())?.[0]?.[1] ?? 0;
      },
    ],
    wrong: [
      [(key) => redis.eval('return redis.call("DEL", KEYS[1])', 1, key), "leave the lock alone"],
      [
        async (key, token) => ((await redis.get(key)) === token ? redis.del(key) : 0),
        "Another client came between GET and DEL: it took the lock over, and you deleted its lock.",
      ],
      [
        (key, token) =>
          redis.eval(
            `if redis.call("GET", KEYS[1]) == ARGV[1] then redis.call("DEL", KEYS[1]) end return 1`,
            1,
            key,
            token,
          ),
        "Another token should give 0.",
      ],
    ],
  },
  "7d/2": {
    right: [
      call(allow('if count == 1 then redis.call("EXPIRE", KEYS[1], ARGV[2]) end')),
      call(allow('redis.call("EXPIRE", KEYS[1], ARGV[2], "NX")')),
    ],
    wrong: [
      [call("return 1"), "The first call should set 60 seconds."],
      [
        call(allow('redis.call("EXPIRE", KEYS[1], ARGV[2])')),
        "A later call should leave the expiry as it is.",
      ],
      [call(allow("")), "The first call should set 60 seconds."],
      [call(allow('redis.call("EXPIRE", KEYS[1], 60, "NX")')), "The first call should set 90"],
      [
        async (key, limit, seconds) => {
          const count = await redis.incr(key);
          if (count === 1) await redis.expire(key, seconds);
          return count <= limit ? 1 : 0;
        },
        "a program that stops in between leaves a count that never expires",
      ],
      [
        call(
          allow('if count == 1 then redis.call("EXPIRE", KEYS[1], ARGV[2]) end').replace("<=", "<"),
        ),
        "Call 3 of at most 3 should give 1.",
      ],
    ],
  },
};
