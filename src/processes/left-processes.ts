import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** The environment variable by which a process tells to whom it belongs. */
export const OWNER_VARIABLE = "REDIS_LAB_OWNER";

/** How long what a program started may take to end by itself, as one whose input has closed. */
const QUIET_MS = 1000;
const POLL_MS = 50;

/**
 * Ends the processes that carry a value of `OWNER_VARIABLE` in their environment: what a program
 * started in a process group of its own outlives the program's own group. Needs /proc (Linux);
 * elsewhere nothing is found.
 *
 * @returns the command line of each that had to be ended
 */
export async function endLeftProcesses(owner: string): Promise<string[]> {
  const quietUntil = Date.now() + QUIET_MS;
  let left = await processesOf(owner);
  while (left.length > 0 && Date.now() < quietUntil) {
    await sleep(POLL_MS);
    left = await processesOf(owner);
  }
  const ended = left.map(({ command }) => command);
  // One that is being ended may have started another meanwhile.
  for (let round = 0; left.length > 0 && round < 10; round++) {
    for (const { pid } of left) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    }
    await sleep(POLL_MS);
    left = await processesOf(owner);
  }
  return ended;
}

async function processesOf(owner: string): Promise<{ pid: number; command: string }[]> {
  const pids = await readdir("/proc").catch(() => []);
  const marker = `${OWNER_VARIABLE}=${owner}`;
  const found = await Promise.all(
    pids
      .filter((pid) => /^\d+$/.test(pid))
      .map(async (pid) => {
        // Not readable: it is another user's, or it is gone.
        const read = (name: string) => readFile(`/proc/${pid}/${name}`, "latin1").catch(() => "");
        if (!(await read("environ")).split("\0").includes(marker)) return [];
        const command = (await read("cmdline")).split("\0").join(" ").trim();
        return [{ pid: Number(pid), command: command.slice(0, 200) || `process ${pid}` }];
      }),
  );
  return found.flat();
}
