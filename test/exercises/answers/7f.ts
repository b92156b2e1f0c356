import { createHash } from "node:crypto";
import { redis, type AnswerTable } from "../answer-table.js";

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");
interface Lock {
  release(key: string, token: string): Promise<number>;
  wrongRelease(key: string): Promise<number>;
}
const lua = `
  if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end
  return 0`;
redis.defineCommand("release", { numberOfKeys: 1, lua });
redis.defineCommand("wrongRelease", { numberOfKeys: 1, lua: "return 0" });
const lock = redis as typeof redis & Lock;

export const answers: AnswerTable = {
  "7f/1": {
    right: [
      sha1,
      (script) => createHash("sha1").update(Buffer.from(script, "utf8")).digest().toString("hex"),
    ],
    wrong: [
      [() => "?".repeat(40), "The hash should be the one Redis gives."],
      [(script) => redis.script("LOAD", script), "Redis was asked: find out without it."],
      [(script) => createHash("sha256").update(script).digest("hex"), "the one Redis gives"],
      [
        (script) => createHash("sha1").update(script, "latin1").digest("hex"),
        "the one Redis gives",
      ],
    ],
  },
  "7f/2": {
    right: [
      async (script) => ((await redis.script("EXISTS", sha1(script))) as number[])[0] === 1,
      async (script) => {
        const [known] = (await redis.call("SCRIPT", "EXISTS", sha1(script))) as number[];
        return Boolean(known);
      },
    ],
    wrong: [
      [(script) => script === "", "The server has this script: the call should return true."],
      [
        async (script) => (await redis.script("LOAD", script)) === sha1(script),
        "The server has never seen the script: false",
      ],
      [(script) => redis.script("EXISTS", sha1(script)), "the call should return true"],
      [
        async (script) => Boolean(await redis.script("EXISTS", sha1(script))),
        "The server has never seen the script: false",
      ],
    ],
  },
  "7f/3": {
    right: [
      (key, token) => lock.release(key, token),
      async (key, token) => lock.release(key, token),
    ],
    wrong: [
      [(key) => lock.wrongRelease(key), "The owner's token should delete the lock."],
      [
        async (key, token) => ((await redis.get(key)) === token ? redis.del(key) : 0),
        "Another client came between GET and DEL",
      ],
      [(key) => redis.del(key), "Another token should leave the lock alone."],
    ],
  },
};
