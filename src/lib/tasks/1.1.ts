import { until } from "../waiting.js";
import { task } from "../exercises/task.js";

export const tasks = {
  1: task("ping takes the text as its argument", async (t, greet: (text: string) => unknown) => {
    for (const text of ["hello", "zażółć gęślą", "42"]) {
      const run = await t.call("greet", greet, text);
      run.gives(text, "The reply should be the text that was sent.").uses(["PING"]).inOneCommand();
    }
  }),
  2: task(
    "look for ` name=`, the name and a space in each line",
    async (t, countNamed: (name: string) => unknown) => {
      const names = ["lab-1.1-one", "lab-1.1-two", "lab-1.1-two"];
      const clients = names.map((connectionName) => t.redis.duplicate({ connectionName }));
      try {
        await Promise.all(clients.map((client) => client.ping()));
        for (const [name, count] of [
          ["one", 1],
          ["two", 2],
          ["tw", 0],
          ["none", 0],
        ] as const) {
          const run = await t.call("countNamed", countNamed, `lab-1.1-${name}`);
          run.gives(count, "Only connections of exactly this name should count.").uses(["CLIENT"]);
        }
      } finally {
        for (const client of clients) client.disconnect();
        await until(() => clients.every(({ status }) => status === "end"), "their end");
      }
    },
  ),
};
