import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** With the pid it names a process for good. */
  readonly startTime: string;
  readonly command: string;
  readonly environment: string;
  /** The folder that it works in; a Redis has overwritten its environment, but not this. */
  readonly folder: string;
}

/** All processes of this machine that run (Linux). */
export async function allProcesses(): Promise<Process[]> {
  const found: Process[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const [stat = "", command = "", environment = ""] = await Promise.all(
      ["stat", "cmdline", "environ"].map((file) =>
        readFile(`/proc/${pid}/${file}`, "utf8").catch(() => ""),
      ),
    );
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => "");
    // The name before may have spaces; what follows it are state, parent, ... (man 5 proc).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "" || fields[0] === "Z") continue;
    const [, parent, startTime = ""] = [fields[0], Number(fields[1]), fields[19]];
    const words = command.replaceAll("\0", " ").trim();
    found.push({ pid: Number(pid), parent, startTime, command: words, environment, folder });
  }
  return found;
}

/** Those with a mark in their environment, their command or the path of their folder. */
export async function markedProcesses(mark: string): Promise<Process[]> {
  return (await allProcesses()).filter(
    ({ pid, environment, command, folder }) =>
      pid !== process.pid && [environment, command, folder].some((text) => text.includes(mark)),
  );
}

/** Kills those with a mark, and what they start meanwhile. */
export async function endMarked(mark: string): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const left = await markedProcesses(mark);
    if (left.length === 0) return;
    for (const { pid } of left) killProcess(pid);
    await sleep(100);
  }
}

/** Kills a process; nothing happens when it is gone. */
export function killProcess(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

export type Role =
  "npm" | "start" | "guard" | "Redis" | "worker" | "page" | "JupyterLab" | "kernel" | "other";

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ["guard", /^\/bin\/sh -c\s+trap '' HUP/],
  ["npm", /^npm start/],
  ["start", /bootstrap\.mjs start/],
  ["worker", /worker\/dist\/main\.js/],
  ["page", /web\/dist\/main\.js/],
  ["JupyterLab", /-m jupyterlab/],
  ["kernel", /kernel-[\da-f-]+\.json/],
  ["Redis", /(redis|valkey)\S* .*:\d+/],
];

/** What a process is in a lab. A shell of npm's script counts as npm. */
export function roleOf({ command }: Pick<Process, "command">): Role {
  return ROLES.find(([, pattern]) => pattern.test(command))?.[0] ?? "other";
}
