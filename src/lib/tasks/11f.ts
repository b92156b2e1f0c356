import { task } from "../exercises/task.js";

export type Cart = (key: string) => unknown;
export type Total = (log: string, snapshot: string) => unknown;

export const tasks = {
  1: task("go through the events, and change a Set", async (t, cart: Cart) => {
    const key = t.key("cart");
    (await t.call("cart", cart, key)).gives([], "No events: the cart is empty.");
    for (const [what, item, expected] of [
      ["add", "milk", ["milk"]],
      ["add", "bread", ["bread", "milk"]],
      ["remove", "milk", ["bread"]],
      ["remove", "tea", ["bread"]],
      ["add", "milk", ["bread", "milk"]],
      ["add", "milk", ["bread", "milk"]],
    ] as const) {
      await t.redis.xadd(key, "*", "what", what, "item", item);
      (await t.call("cart", cart, key)).gives(expected, `After ${what} ${item}.`);
    }
  }),
  2: task("HMGET, and XRANGE from the bracket on", async (t, total: Total) => {
    const [log, snapshot] = [t.key("log"), t.key("snapshot")];
    (await t.call("total", total, log, snapshot)).gives(0, "No events: the balance is 0.");
    for (const [i, amount] of [100, -30, 5, 7].entries()) {
      await t.redis.xadd(log, `${i + 1}-0`, "amount", amount);
    }
    (await t.call("total", total, log, snapshot)).gives(82, "There is no snapshot.");
    for (const [upTo, balance, rest] of [
      ["2-0", 70, 2],
      ["4-0", 82, 0],
      ["3-0", 1075, 1],
    ] as const) {
      await t.redis.hset(snapshot, { balance, upTo });
      const after = [100, -30, 5, 7].slice(4 - rest).reduce((sum, amount) => sum + amount, 0);
      const run = await t.call("total", total, log, snapshot);
      run.gives(balance + after, `The snapshot says ${balance} up to ${upTo}.`);
      const read = run.sent.find(({ name }) => name.toLowerCase().startsWith("xr"));
      const events = Array.isArray(read?.reply) ? read.reply.length : 0;
      t.that(events <= rest, `Right, but it read ${events} events where ${rest} came after.`);
    }
  }),
};
