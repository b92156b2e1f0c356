import { redis, type AnswerTable } from "../answer-table.js";

const total = (line: string) => `
  local total = 0
  for _, line in ipairs(cjson.decode(ARGV[1])) do total = total + ${line} end
  return total`;

export const answers: AnswerTable = {
  "7c/1": {
    right: [
      (order) => redis.eval(total("line.price * line.count"), 0, order),
      (order) => redis.eval(total("line['count'] * line['price']"), 0, order),
    ],
    wrong: [
      [
        (order) => redis.eval(total("line.price"), 0, order),
        "The call should return the cost of the whole order.",
      ],
      [() => 46, "nothing was sent to Redis"],
      [
        (order) => {
          const lines = JSON.parse(order) as { price: number; count: number }[];
          const sum = lines.reduce((all, { price, count }) => all + price * count, 0);
          return redis.eval("return tonumber(ARGV[1])", 0, sum);
        },
        "the script did not get the order",
      ],
      [
        (order) =>
          redis.eval(
            total("line.price * line.count").replace("return total", "return tostring(total)"),
            0,
            order,
          ),
        "The call should return the cost of the whole order.",
      ],
    ],
  },
  "7c/2": {
    right: [
      (key, tag) =>
        redis.eval(
          `local note = cjson.decode(redis.call("GET", KEYS[1]))
           note.tags = note.tags or {}
           table.insert(note.tags, ARGV[1])
           redis.call("SET", KEYS[1], cjson.encode(note))
           return #note.tags`,
          1,
          key,
          tag,
        ),
      async (key, tag) => {
        for (;;) {
          await redis.watch(key);
          const note = JSON.parse((await redis.get(key)) ?? "") as { tags?: string[] };
          const tags = [...(note.tags ?? []), tag];
          const set = redis.multi().set(key, JSON.stringify({ ...note, tags }));
          if ((await set.exec()) !== null) return tags.length;
        }
      },
    ],
    wrong: [
      [
        async (key, tag) => {
          const note = JSON.parse((await redis.get(key)) ?? "") as { tags?: string[] };
          const tags = [...(note.tags ?? []), tag];
          await redis.set(key, JSON.stringify({ ...note, tags }));
          return tags.length;
        },
        "Another client came between GET and SET: the tag that it added is lost.",
      ],
      [
        (key, tag) =>
          redis.eval(
            `local note = cjson.decode(redis.call("GET", KEYS[1]))
             note.tags = note.tags or {}
             table.insert(note.tags, ARGV[1])
             return #note.tags`,
            1,
            key,
            tag,
          ),
        "The call should return the number of tags.",
      ],
      [
        (key, tag) =>
          redis.eval(
            `local note = cjson.decode(redis.call("GET", KEYS[1]))
             table.insert(note.tags, ARGV[1])
             redis.call("SET", KEYS[1], cjson.encode(note))
             return #note.tags`,
            1,
            key,
            tag,
          ),
        "threw ReplyError",
      ],
      [
        (key, tag) =>
          redis.eval(
            `local tags = {ARGV[1]}
             redis.call("SET", KEYS[1], cjson.encode({tags = tags}))
             return #tags`,
            1,
            key,
            tag,
          ),
        "The call should return the number of tags.",
      ],
    ],
  },
};
