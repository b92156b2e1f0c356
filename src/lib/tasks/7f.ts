import { randomUUID } from "node:crypto";
import { task } from "../exercises/task.js";
import { judgeRelease } from "./lock.js";

export const tasks = {
  1: task("a function above does this", async (t, hashOf: (script: string) => unknown) => {
    for (const script of ["return 1", "return 'żółw'", ""]) {
      const run = await t.call("hashOf", hashOf, script);
      t.that(run.sent.length === 0, "Redis was asked: find out without it.");
      run.gives(await t.redis.script("LOAD", script), "The hash should be the one Redis gives.");
    }
  }),
  2: task(
    "SCRIPT EXISTS replies with an array",
    async (t, isKnown: (script: string) => unknown) => {
      for (const script of ["return 'known'", "return 'known, too'"]) {
        await t.redis.script("LOAD", script);
        const run = await t.call("isKnown", isKnown, script);
        run.gives(true, "The server has this script: the call should return true.");
      }
      // No server has ever seen it.
      const fresh = `return '${randomUUID()}'`;
      for (const time of ["first", "second"]) {
        const { value } = await t.call("isKnown", isKnown, fresh);
        t.same(value, false, `The server has never seen the script: false, also the ${time} time.`);
      }
    },
  ),
  3: task("compare, then DEL", judgeRelease),
};
