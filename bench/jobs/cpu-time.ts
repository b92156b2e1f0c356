import { readdir, readFile } from "node:fs/promises";

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

interface Process {
  readonly parent: number;
  readonly cpuMs: number;
}

/**
 * The time that processors have worked for this process and all below it: workers, drivers, Redis.
 * Unlike the time on the wall it hardly depends on what else a machine does.
 *
 * @returns milliseconds; NaN where there is no /proc
 */
export async function cpuTime(): Promise<number> {
  const processes = new Map<number, Process>();
  for (const name of await readdir("/proc").catch(() => [])) {
    const text = /^\d+$/.test(name)
      ? await readFile(`/proc/${name}/stat`, "utf8").catch(() => "")
      : "";
    // A program's name, in parentheses, may hold anything.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    if (fields.length < 14) continue;
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    processes.set(Number(name), { parent: Number(fields[1]), cpuMs });
  }
  if (processes.size === 0) return Number.NaN;
  let sum = 0;
  for (const [pid, { cpuMs }] of processes) {
    if (isBelow(pid, processes)) sum += cpuMs;
  }
  return sum;
}

function isBelow(pid: number, processes: ReadonlyMap<number, Process>): boolean {
  for (let one = pid; one > 1; one = processes.get(one)?.parent ?? 0) {
    if (one === process.pid) return true;
  }
  return false;
}
