import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "the star goes where the name of the service stands",
    async (t, errorsOf: (root: string) => unknown) => {
      const listener = t.redis.duplicate({ connectionName: "judge-listener" });
      try {
        for (const log of ["log", "audit"]) {
          const root = t.key(log);
          const { value, call } = await t.call("errorsOf", errorsOf, root);
          t.that(typeof value === "string", `${call} should return a pattern, a string.`);
          await listener.psubscribe(String(value));
          const ends = { "web:error": 1, "db:error": 1, "web:info": 0, "db:errors": 0 };
          for (const [end, receivers] of Object.entries(ends)) {
            const reached = await t.redis.publish(`${root}:${end}`, "x");
            const requirement = `${receivers ? "" : "not "}match the channel ...:${end}`;
            t.same(reached, receivers, `The pattern ${String(value)} should ${requirement}.`);
          }
          const others = await t.redis.publish(`${t.key("other")}:web:error`, "x");
          t.same(
            others,
            0,
            `The pattern ${String(value)} should not match the errors of another log.`,
          );
          await listener.punsubscribe(String(value));
        }
      } finally {
        listener.disconnect();
      }
    },
  ),
  2: task("cut at tasks_", async (t, kindOf: (channel: string) => unknown) => {
    const kinds = { "lab:4-task:tasks_": ["mail", "photo", "photo_large"], tasks_: ["zip"] };
    for (const [start, all] of Object.entries(kinds)) {
      for (const kind of all) {
        const run = await t.call("kindOf", kindOf, start + kind);
        run.gives(kind, `The kind is all that follows tasks_.`);
      }
    }
  }),
};
