import { Redis } from "ioredis";
import { task } from "../exercises/task.js";
import { startRedis } from "../started/start-redis.js";
import { withOpen } from "../with-open.js";

export type Rules = () => string[];
export type Shown = (url: string) => unknown;

export const tasks = {
  1: task("~ for the keys, + for each command", async (t, rules: Rules) => {
    const words = (await t.call("rules", rules)).value as string[];
    const server = await startRedis("judge");
    const admin = new Redis(server.url);
    try {
      await withOpen(admin, async () => {
        const made = await admin
          .call("ACL", "SETUSER", "counter", "on", ">secret", ...words)
          .catch((error: Error) => error.message);
        t.same(made, "OK", "Redis does not understand the rules.");
        for (const [line, isAllowed] of [
          ["INCR count:a", true],
          ["INCRBY count:b 5", true],
          ["GET count:a", true],
          ["GET orders", false],
          ["INCR orders", false],
          ["SET count:a 1", false],
          ["DEL count:a", false],
          ["FLUSHALL", false],
        ] as const) {
          const answer = String(await admin.call("ACL", "DRYRUN", "counter", ...line.split(" ")));
          const should = isAllowed ? "should be allowed" : "should be refused";
          t.same(answer === "OK", isAllowed, `${line} ${should}.`);
        }
      });
    } finally {
      await server.stop();
    }
  }),
  2: task("URL has a property password", async (t, shown: Shown) => {
    for (const [url, expected] of [
      ["redis://:open-sesame@host:6379", "redis://:***@host:6379"],
      ["rediss://ala:s3cr3t@host:6380/2", "rediss://ala:***@host:6380/2"],
      ["redis://host:6379", "redis://host:6379"],
      ["redis://redis:redis@redis:6379", "redis://redis:***@redis:6379"],
    ] as const) {
      (await t.call("shown", shown, url)).gives(expected);
    }
  }),
};
