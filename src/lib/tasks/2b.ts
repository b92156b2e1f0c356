import { connect } from "../connections.js";
import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    'copy(source, destination, "DB", number)',
    async (t, copyTo1: (key: string) => unknown) => {
      t.databases.push(1);
      const there = await connect("judge of 1", { db: 1 });
      const key = t.key("from");
      await t.redis.set(key, "both");
      const run = await t.call("copyTo1", copyTo1, key);
      t.same(await t.redis.get(key), "both", "Database 0 should keep the key.");
      t.same(await there.get(key), "both", "Database 1 should have the key, too.");
      await there.del(key);
      await t.redis.set(key, "for a while", "EX", 100);
      await t.call("copyTo1", copyTo1, key);
      t.that((await there.ttl(key)) > 0, "A key that expires should expire in database 1 as well.");
      await Promise.all([t.redis.del(key), there.del(key)]);
      await t.redis.rpush(key, "a", "b");
      await t.call("copyTo1", copyTo1, key);
      t.same(await there.lrange(key, 0, -1), ["a", "b"], "A list should be copied, too.");
      run.inOneCommand();
    },
  ),
  2: task("catch the error: it has a message", async (t, refusal: (db: number) => unknown) => {
    for (const db of [99, 16_000]) {
      const run = await t.call("refusal", refusal, db);
      run.gives("ERR DB index is out of range", "The call should return the message of the error.");
      run.uses(["SELECT"]);
    }
    (await t.call("refusal", refusal, 0)).gives("OK", "There is a database 0: the reply is OK.");
  }),
};
