import { setTimeout as sleep } from "node:timers/promises";
import { task } from "../exercises/task.js";

export type Remember = (key: string, seconds: number, compute: () => Promise<unknown>) => unknown;
export type Once = (key: string, compute: () => Promise<string>) => unknown;

export const tasks = {
  1: task("JSON.stringify what is stored, and JSON.parse it", async (t, remember: Remember) => {
    for (const value of [{ price: 42 }, "text", 0, null, [1, 2]]) {
      const key = t.key(`value-${JSON.stringify(value)}`);
      let computed = 0;
      const compute = async () => {
        computed++;
        return value;
      };
      for (let round = 1; round <= 2; round++) {
        const run = await t.call("remember", () => remember(key, 100, compute));
        run.gives(value, `Call ${round} for ${JSON.stringify(value)}.`);
      }
      t.same(computed, 1, `${JSON.stringify(value)} should be computed once, and remembered.`);
      t.same(await t.redis.ttl(key), 100, "It should be remembered for the seconds given.");
    }
    const key = t.key("failing");
    const failing = () => Promise.reject(new Error("no database"));
    await t.fails("remember", () => remember(key, 100, failing));
    t.same(await t.redis.exists(key), 0, "A failed computation should not be remembered.");
  }),
  2: task("SET with NX for who computes; the others look again", async (t, once: Once) => {
    const key = t.key("page");
    let computed = 0;
    const compute = async () => {
      computed++;
      await sleep(60);
      return `version ${computed}`;
    };
    const many = async () => Promise.all(Array.from({ length: 20 }, () => once(key, compute)));
    const run = await t.call("once, twenty times at once,", many);
    t.same(computed, 1, "Twenty asked at the same moment: it should be computed once.");
    const all = new Set(run.value as string[]);
    t.same([...all], ["version 1"], "All of them should have the same text.");
    t.that((await t.redis.ttl(key)) > 50, "It should be remembered for 60 seconds.");
    (await t.call("once", () => once(key, compute))).gives("version 1");
  }),
};
