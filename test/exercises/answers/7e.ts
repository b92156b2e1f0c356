import { redis, type AnswerTable } from "../answer-table.js";

const grant = (body: string) => (known: string, group: string, name: string, prefix: string) =>
  redis.eval(
    `if redis.call("SISMEMBER", KEYS[1], ARGV[1]) == 0 then return nil end
     local new = 0
     for _, id in ipairs(redis.call("SMEMBERS", KEYS[2])) do ${body} end
     return new`,
    2,
    known,
    group,
    name,
    prefix,
  );
const add = `redis.call("SADD", ARGV[2] .. id, ARGV[1])`;

export const answers: AnswerTable = {
  "7e/1": {
    right: [
      grant(`new = new + ${add}`),
      grant(
        `if redis.call("SISMEMBER", ARGV[2] .. id, ARGV[1]) == 0 then new = new + 1 ${add} end`,
      ),
    ],
    wrong: [
      [grant(add), "3 of the 4 users did not have the permission yet."],
      [grant(`new = new + 1 ${add}`), "3 of the 4 users did not have the permission yet."],
      [
        grant(`new = new + 1 - redis.call("SISMEMBER", ARGV[2] .. id, ARGV[1])`),
        "All members of the group should have the permission now.",
      ],
      [
        async (known, group, name, prefix) => {
          if ((await redis.sismember(known, name)) === 0) return null;
          let count = 0;
          for (const id of await redis.smembers(group))
            count += await redis.sadd(prefix + id, name);
          return count;
        },
        "another client can come between them",
      ],
    ],
  },
  "7e/2": {
    right: [
      (known, user, names) =>
        redis.eval(
          `for _, name in ipairs(ARGV) do
             if redis.call("SISMEMBER", KEYS[1], name) == 0 then return nil end
           end
           redis.call("SADD", KEYS[2], unpack(ARGV))
           return redis.call("SCARD", KEYS[2])`,
          2,
          known,
          user,
          ...names,
        ),
      (known, user, names) =>
        redis.eval(
          `for _, is in ipairs(redis.call("SMISMEMBER", KEYS[1], unpack(ARGV))) do
             if is == 0 then return nil end
           end
           for _, name in ipairs(ARGV) do redis.call("SADD", KEYS[2], name) end
           return redis.call("SCARD", KEYS[2])`,
          2,
          known,
          user,
          ...names,
        ),
    ],
    wrong: [
      [
        (known, user, names) =>
          redis.eval(
            `for _, name in ipairs(ARGV) do redis.call("SADD", KEYS[2], name) end
             return redis.call("SCARD", KEYS[2])`,
            2,
            known,
            user,
            ...names,
          ),
        "One name is unknown: nothing should be written.",
      ],
      [
        (known, user, names) =>
          redis.eval(
            `for _, name in ipairs(ARGV) do
               if redis.call("SISMEMBER", KEYS[1], name) == 0 then return nil end
               redis.call("SADD", KEYS[2], name)
             end
             return redis.call("SCARD", KEYS[2])`,
            2,
            known,
            user,
            ...names,
          ),
        "One name is unknown: nothing should be written.",
      ],
      [
        (known, user, names) =>
          redis.eval(
            `for _, name in ipairs(ARGV) do
               if redis.call("SISMEMBER", KEYS[1], name) == 0 then return nil end
             end
             return redis.call("SADD", KEYS[2], unpack(ARGV))`,
            2,
            known,
            user,
            ...names,
          ),
        "The user has 3 permissions now.",
      ],
      [
        async (known, user, names) => {
          for (const name of names) if ((await redis.sismember(known, name)) === 0) return null;
          await redis.sadd(user, ...names);
          return redis.scard(user);
        },
        "another client can come between them",
      ],
    ],
  },
};
