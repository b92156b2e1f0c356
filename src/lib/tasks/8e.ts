import { task } from "../exercises/task.js";
import { until } from "../waiting.js";

type Block = () => Promise<unknown>;

export const tasks = {
  1: task("UNLINK fires what DEL fires", async (t, deletedIn: (block: Block) => unknown) => {
    const [x, y, z] = [t.key("x"), t.key("y"), t.key("z")];
    const blocks: [Block, string[]][] = [
      [() => t.redis.unlink(x, z), [x, z]],
      [() => t.redis.del(y), [y]],
      [() => t.redis.append(y, "!"), []],
    ];
    for (const [block, keys] of blocks) {
      await t.redis.mset(x, 1, y, 2, z, 3);
      const { value } = await t.call("deletedIn", deletedIn, block);
      t.same(value, keys, "The keys that the block deleted should be named, and no others.");
    }
  }),
  2: task(
    "another event, then filter and cut the prefix",
    async (t, ended: (block: Block, prefix: string) => unknown) => {
      const prefix = t.key("session:");
      const block = async () => {
        await t.redis.set(`${prefix}ala`, "x", "PX", 20);
        await t.redis.set(`${prefix}ela`, "x", "EX", 24);
        await t.redis.set(`${prefix}jan`, "x");
        await t.redis.set(t.key("other"), "x", "PX", 20);
        await t.redis.del(`${prefix}jan`);
        const both = [`${prefix}ala`, t.key("other")];
        await until(async () => (await t.redis.exists(...both)) === 0, "the end of two keys");
      };
      const { value } = await t.call("ended", ended, block, prefix);
      t.same(value, ["ala"], "Only Ala's session ran out: her name alone should be given.");
    },
  ),
};
