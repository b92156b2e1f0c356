import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** A process that is to end is asked, asked once more, and killed: how long after the interrupt. */
const STEPS = [
  ["SIGINT", 0],
  ["SIGTERM", 250],
  ["SIGKILL", 500],
] as const;

/** It may just be starting. */
const LOOK_MS = 50;

/** Ends the processes that an interrupted cell waits for, with all that they have started. */
export class ChildProcesses {
  /** While the runtime stands still for a process: the others that cells have started. */
  blocked: ReadonlySet<number> | undefined;
  readonly #ending = new Set<number>();
  #lookAgainAt = 0;

  /** Ends processes; one that is being ended already is left to that. */
  end(pids: readonly number[]): void {
    const fresh = pids.filter((pid) => !this.#ending.has(pid));
    if (fresh.length === 0) return;
    for (const pid of fresh) this.#ending.add(pid);
    const known = new Set(fresh);
    for (const [signal, after] of STEPS) {
      setTimeout(() => {
        const processes = listProcesses();
        addDescendants(known, processes);
        for (const { pid } of processes) if (known.has(pid)) kill(pid, signal);
        if (signal === "SIGKILL") for (const pid of fresh) this.#ending.delete(pid);
      }, after);
    }
  }

  /** Ends the process that the runtime stands still for, if it does. */
  endBlocking(): void {
    const { blocked } = this;
    if (blocked === undefined || Date.now() < this.#lookAgainAt) return;
    this.#lookAgainAt = Date.now() + LOOK_MS;
    const processes = listProcesses();
    const group = processes.find(({ pid }) => pid === process.pid)?.group;
    // The type checker has a group of its own.
    const isIt = (one: Process) =>
      one.parent === process.pid && one.group === group && !blocked.has(one.pid);
    this.end(processes.filter(isIt).map(({ pid }) => pid));
  }
}

function addDescendants(pids: Set<number>, processes: readonly Process[]): void {
  for (let before = -1; before !== pids.size;) {
    before = pids.size;
    for (const { pid, parent } of processes) if (pids.has(parent)) pids.add(pid);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** All processes; none where they cannot be listed. */
function listProcesses(): Process[] {
  try {
    return process.platform === "linux" ? fromProc() : fromPs();
  } catch {
    return [];
  }
}

function fromProc(): Process[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      // Behind the program's name, which may hold anything.
      const [, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
    } catch {
      return [];
    }
  });
}

function fromPs(): Process[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid="], { encoding: "utf8" });
  return text.split("\n").flatMap((line) => {
    const [pid = 0, parent = 0, group = 0] = line.trim().split(/\s+/).map(Number);
    return pid > 0 ? [{ pid, parent, group }] : [];
  });
}
