import { task } from "../exercises/task.js";
import { listen } from "../listen.js";
import type { Run } from "../exercises/run.js";

export const tasks = {
  1: task(
    "PUBLISH counts the receivers",
    async (t, tell: (channel: string, value: unknown) => unknown) => {
      const channel = t.key("channel");
      for (const value of [{ n: 1 }, "text", [1, null], 0]) {
        let run: Run | undefined;
        const heard = await listen(channel, async () => {
          run = await t.call("tell", tell, channel, value);
        });
        const json = JSON.stringify(value);
        t.same(
          heard.map(({ message }) => message),
          [json],
          "The message should be the value as JSON.",
        );
        run?.gives(true, "Somebody listens: the call should return true.");
      }
      const nobody = await t.call("tell", tell, t.key("nobody"), 1);
      nobody.gives(false, "Nobody listens: the call should return false.");
    },
  ),
  2: task(
    "store first, then publish",
    async (t, setPrice: (name: string, price: string) => unknown) => {
      const name = t.key("price");
      for (const price of ["2.40", "3"]) {
        const heard = await listen(name, () => t.call("setPrice", setPrice, name, price));
        t.same(await t.redis.get(name), price, "The key should hold the price.");
        t.same(
          heard.map(({ message }) => message),
          [price],
          "The channel should carry the price.",
        );
      }
      let heard: string[] = [];
      const listener = t.redis.duplicate({ connectionName: "judge-listener" });
      listener.on("message", (_channel, message) => heard.push(message));
      await listener.subscribe(name);
      try {
        await t.race(
          {
            before: async () => {
              await t.redis.set(name, "1.00");
              heard = [];
            },
            // The reply to a ping comes after the messages before it.
            rival: async (other) => (await listener.ping(), [...heard, await other.get(name)]),
            after: (_, seen) =>
              t.that(
                seen.join() !== "2.40,1.00",
                "it had heard the new price, and found the old one under the key.",
              ),
          },
          "setPrice",
          setPrice,
          name,
          "2.40",
        );
      } finally {
        listener.disconnect();
      }
    },
  ),
};
