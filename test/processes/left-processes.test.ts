import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { endLeftProcesses, OWNER_VARIABLE } from "#processes/left-processes.js";

function start(owner: string, code: string): ChildProcess {
  const env = { ...process.env, [OWNER_VARIABLE]: owner };
  return spawn(process.execPath, ["-e", code], { env, detached: true, stdio: "ignore" });
}

test("what stays is ended and named; what ends by itself, and another's, is not", async () => {
  const [owner, another] = [randomUUID(), randomUUID()];
  const stays = start(owner, "setInterval(() => {}, 1e6) // stays");
  const ends = start(owner, "setTimeout(() => process.exit(7), 100)");
  const other = start(another, "setInterval(() => {}, 1e6)");
  const exits = [once(stays, "exit"), once(ends, "exit")];
  // Their environment can be read once they have begun.
  await Promise.all([once(stays, "spawn"), once(ends, "spawn"), once(other, "spawn")]);
  await exits[1];
  try {
    expect(await endLeftProcesses(owner)).toEqual([expect.stringMatching(/ -e .*\/\/ stays$/)]);
    expect(await Promise.all(exits)).toEqual([
      [null, "SIGKILL"],
      [7, null],
    ]);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  } finally {
    other.kill("SIGKILL");
  }
  await once(other, "exit");
});

test("one that is about to end gets the time for it", async () => {
  const owner = randomUUID();
  const env = { ...process.env, [OWNER_VARIABLE]: owner };
  const ends = spawn("/bin/sh", ["-c", "sleep 0.3; exit 7"], { env, stdio: "ignore" });
  const exit = once(ends, "exit");
  await once(ends, "spawn");
  expect(await endLeftProcesses(owner)).toEqual([]);
  expect(await exit).toEqual([7, null]);
});
