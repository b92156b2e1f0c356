import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** The environment variable by which a process tells to whom it belongs. */
export const OWNER_VARIABLE = "REDIS_LAB_OWNER";

/**
 * Ends the processes that carry a value of `OWNER_VARIABLE` in their environment: what a program
 * started in a process group of its own outlives the program's own group. Needs /proc (Linux);
 * elsewhere nothing is found.
 *
 * @returns the command line of each that was ended
 */
export async function endLeftProcesses(owner: string): Promise<string[]> {
  const ended: string[] = [];
  // One that is being ended may have started another meanwhile.
  for (let round = 0; round < 5; round++) {
    const left = await processesOf(owner);
    if (left.length === 0) break;
    for (const { pid, command } of left) {
      try {
        process.kill(pid, "SIGKILL");
        ended.push(command);
      } catch {
        // It has ended by itself.
      }
    }
    await sleep(20);
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
