import { task } from "../exercises/task.js";

export type Unique = (keys: string[]) => unknown;
export type Visit = (day: string, visitor: string) => unknown;

export const tasks = {
  1: task("PFCOUNT takes several keys", async (t, unique: Unique) => {
    const days = ["mon", "tue", "wed"].map((day) => t.key(day));
    const [mon = "", tue = "", wed = ""] = days;
    await t.redis.pfadd(mon, "ala", "ola");
    await t.redis.pfadd(tue, "ola", "ewa");
    await t.redis.pfadd(wed, "ala", "jan", "ewa");
    for (const [keys, expected] of [
      [[mon, tue], 3],
      [days, 4],
      [[wed], 3],
      [[t.key("sun")], 0],
    ] as const) {
      const run = await t.call("unique", unique, [...keys]);
      run.gives(expected, `${expected} different visitors came on these days.`).inOneCommand();
    }
    (await t.call("unique", unique, [])).gives(0, "No day: it should give 0.");
  }),
  2: task("PFADD and EXPIRE in one transaction", async (t, visit: Visit) => {
    const day = t.key("mon");
    await t.call("visit", visit, day, "ala");
    await t.redis.expire(day, 60);
    const run = await t.call("visit", visit, day, "ola");
    t.same(await t.redis.pfcount(day), 2, "Two visitors came.");
    const days = Math.round((await t.redis.ttl(day)) / 86_400);
    t.same(days, 30, "It should expire 30 days after the last visit.");
    run.inOneStep("if the program ends in between, the key stays for ever");
  }),
};
