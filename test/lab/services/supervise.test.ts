import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { supervise, type Supervised } from "#lab/services/supervise.js";
import { GuardedProcess } from "#processes/guarded-process.js";
import { eventually } from "../fixtures.js";

const running: Supervised<unknown>[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

/** Processes that sleep, or end at once with `code`; the newest is last. */
async function supervised(script: string, quickMs?: number) {
  const lines: string[] = [];
  const started: GuardedProcess[] = [];
  const one = await supervise({
    name: "It",
    log: (line) => lines.push(line),
    onBack: "It is empty.",
    start: async () => {
      const process = GuardedProcess.start("/bin/sh", ["-c", script]);
      started.push(process);
      const stop = async () => void (await process.stop());
      return { exited: process.exited, log: () => "last words", stop };
    },
    ...(quickMs !== undefined && { quickMs }),
  });
  running.push(one);
  return { one, lines, started };
}

test("one that is killed is started again, and the log says how it ended", async () => {
  const { lines, started } = await supervised("sleep 60");
  started[0]?.signal("SIGKILL");
  expect(await eventually(async () => lines.length === 2)).toBe(true);
  expect(lines[0]).toMatch(/^It was ended by SIGKILL. It is started again in [\d.]+ s\.$/);
  expect(lines[1]).toBe("It runs again. It is empty.");
  expect(started[1]?.exit).toBeUndefined();
});

test("after five quick deaths it stays down, and its last words are told", async () => {
  const { lines, started } = await supervised("exit 3");
  expect(await eventually(async () => started.length === 5, 10_000)).toBe(true);
  await eventually(async () => lines.at(-1)?.includes("stays down") ?? false);
  expect(lines.at(-1)).toMatch(/^It ended with exit code 3, for the 5th time .*last words$/s);
  await sleep(300);
  expect(started).toHaveLength(5);
}, 20_000);

test("deaths far apart do not add up", async () => {
  const { started } = await supervised("exit 3", 1);
  expect(await eventually(async () => started.length > 6, 10_000)).toBe(true);
}, 20_000);

test("stop ends it for good, also while it waits to be started again", async () => {
  const { one, started } = await supervised("sleep 60");
  started[0]?.signal("SIGKILL");
  await started[0]?.exited;
  await one.stop();
  await sleep(400);
  expect(started).toHaveLength(1);
});
