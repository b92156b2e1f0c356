import { task } from "../exercises/task.js";

export const tasks = {
  1: task("price times count", async (t, cost: (order: string) => unknown) => {
    const orders = [
      [
        [
          { price: 3, count: 2 },
          { price: 10, count: 4 },
        ],
        46,
      ],
      [[{ count: 3, price: 7 }], 21],
      [[], 0],
    ] as const;
    for (const [order, total] of orders) {
      const run = await t.call("cost", cost, JSON.stringify(order));
      run
        .gives(total, "The call should return the cost of the whole order.")
        .uses(["EVAL", "EVALSHA"]);
      const sent = run.sent[0]?.args.some((arg) => arg.toString() === JSON.stringify(order));
      t.that(sent === true, "Right result, but the script did not get the order.");
    }
  }),
  2: task(
    "note.tags = note.tags or {}",
    async (t, addTag: (key: string, tag: string) => unknown) => {
      const key = t.key("note");
      const add = async (tag: string, count: number) => {
        const run = await t.call("addTag", addTag, key, tag);
        run.gives(count, "The call should return the number of tags.");
      };
      const stored = async () => JSON.parse((await t.redis.get(key)) ?? "null") as unknown;
      await t.redis.set(key, JSON.stringify({ title: "Lua" }));
      await add("redis", 1);
      await add("json", 2);
      const note = { title: "Lua", tags: ["redis", "json"] };
      t.same(await stored(), note, "The document should hold its title and both tags.");
      const append = `local note = cjson.decode(redis.call("GET", KEYS[1]))
        table.insert(note.tags, "theirs")
        return redis.call("SET", KEYS[1], cjson.encode(note))`;
      await t.race(
        {
          before: () => t.redis.set(key, JSON.stringify({ tags: ["old"] })),
          rival: (other) => other.eval(append, 1, key),
          after: async () => {
            const { tags } = (await stored()) as { tags: string[] };
            t.that(tags.length === 3, "the tag that it added is lost.");
          },
        },
        "addTag",
        addTag,
        key,
        "mine",
      );
    },
  ),
};
