import { setTimeout as sleep } from "node:timers/promises";
import { task } from "../exercises/task.js";

export interface Reads {
  get(key: string): Promise<string | null>;
}
export type GetWithin = (client: Reads, key: string, ms: number) => unknown;
export type NeedsOwn = (line: string) => unknown;

export const tasks = {
  1: task("Promise.race of the reply and a timer that fails", async (t, getWithin: GetWithin) => {
    const after = (ms: number) => ({ get: async (key: string) => sleep(ms, `value of ${key}`) });
    const quick = await t.call("getWithin", () => getWithin(after(10), "a", 500));
    quick.gives("value of a", "The value came in time.");
    const started = performance.now();
    const error = await t.fails("getWithin", () => getWithin(after(1500), "b", 80));
    t.that(performance.now() - started < 1000, "It should throw when the time is up, not later.");
    t.same((error as Error).message, "too late", "The error should say: too late.");
    const broken = { get: () => Promise.reject(new Error("gone")) };
    const own = await t.fails("getWithin", () => getWithin(broken, "c", 500));
    t.same((own as Error).message, "gone", "Redis's own error should be thrown as it is.");
  }),
  2: task("what blocks, streams, or leaves a state behind", async (t, needsOwn: NeedsOwn) => {
    for (const [line, expected] of [
      ["BRPOP queue 0", true],
      ["GET key", false],
      ["BLMOVE a b LEFT RIGHT 0", true],
      ["SUBSCRIBE news", true],
      ["WATCH key", true],
      ["INCR key", false],
      ["XREAD STREAMS log 0", false],
      ["XREAD BLOCK 0 STREAMS log $", true],
      ["LRANGE list 0 10", false],
      ["BZPOPMIN set 1", true],
      ["brpop queue 0", true],
      ["BITCOUNT flags", false],
    ] as const) {
      (await t.call("needsOwn", needsOwn, line)).gives(expected);
    }
  }),
};
