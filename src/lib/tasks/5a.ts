import type { ChainableCommander } from "ioredis";
import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "COUNT 1 stands before BLOCK, and null is a reply",
    async (t, firstAfter: (key: string, id: string) => unknown) => {
      const key = t.key("stream");
      t.limitMs = 1500;
      const before = async () => {
        await t.redis.del(key);
        for (const id of ["1-0", "2-0"]) await t.redis.xadd(key, id, "n", id);
      };
      await before();
      for (const [id, first] of [
        ["0-0", "1-0"],
        ["1-0", "2-0"],
        ["1-5", "2-0"],
      ] as const) {
        const run = await t.call("firstAfter", firstAfter, key, id);
        run.gives(first, `The first entry after ${id} is ${first}.`);
        run.asksRedis();
      }
      const none = await t.call("firstAfter", firstAfter, key, "2-0");
      none.gives(null, "There is no entry after 2-0, and none came: the call should return null.");
      const act = (chain: ChainableCommander) => chain.xadd(key, "3-0", "n", "3");
      const late = await t.callAnd({ before, act }, "firstAfter", firstAfter, key, "2-0");
      late.gives("3-0", "The call should wait: entry 3-0 came meanwhile, and should be given.");
    },
  ),
  2: task(
    "two keys, then two ids",
    async (t, nextNews: (first: string, second: string) => unknown) => {
      const [mail, photo] = [t.key("mail"), t.key("photo")];
      t.limitMs = 1500;
      const before = () =>
        Promise.all([mail, photo].map((key) => t.redis.xadd(key, "*", "old", "1")));
      await before();
      for (const key of [mail, photo]) {
        const act = (chain: ChainableCommander) => chain.xadd(key, "*", "to", "Ala");
        const run = await t.callAnd({ before, act }, "nextNews", nextNews, mail, photo);
        run.gives(key, "The call should wait, and give the key of the stream that has news.");
      }
      const none = await t.call("nextNews", nextNews, mail, photo);
      none.gives("nobody", 'Old entries are no news: nothing came, so "nobody".');
    },
  ),
};
