import { afterAll, beforeAll, expect, test } from "vitest";
import { DebugClient } from "./debug-client.js";

let off: DebugClient;
let on: DebugClient;
beforeAll(async () => {
  [off, on] = await Promise.all([DebugClient.start({}, false), DebugClient.start()]);
});
afterAll(() => Promise.all([off.kernel.stop(), on.kernel.stop()]));

/** What V8's debugger makes slower: each await. */
const AWAITS = `const begun = performance.now();
let turns = 0;
for (let i = 0; i < 100_000; i++) { await null; turns++; }
console.log(performance.now() - begun);`;

async function time({ kernel }: DebugClient, code = AWAITS): Promise<number> {
  const begun = performance.now();
  await kernel.run(code);
  return performance.now() - begun;
}

/** How much longer it takes with the debugger: of many turns the best, since others use the machine, too. */
async function ratio(code: string, turns: number): Promise<number> {
  const times = { off: Infinity, on: Infinity };
  for (let turn = 0; turn < turns; turn++) {
    times.off = Math.min(times.off, await time(off, code));
    times.on = Math.min(times.on, await time(on, code));
  }
  return times.on / times.off;
}

test("with the debugger on and no breakpoint, cells take no more than 1.5 times as long", async () => {
  expect(await ratio(AWAITS, 8)).toBeLessThan(1.5);
  expect(await ratio("1 + 1", 60)).toBeLessThan(1.5);
});

test("nor do they when the breakpoints are gone", async () => {
  const cell = "let here = 1;\nhere++;";
  await on.breakIn(cell, 2);
  await on.ask("setExceptionBreakpoints", { filters: ["uncaught"] });
  const { ended } = await on.runToStop(cell);
  await on.ask("continue");
  await ended;
  await on.breakIn(cell);
  await on.ask("setExceptionBreakpoints", { filters: [] });
  expect(await ratio(AWAITS, 8)).toBeLessThan(1.5);
});
