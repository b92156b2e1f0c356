import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { allProcesses, type Process } from "../../bench/faults/processes.js";
import { root } from "../root.js";

const START = join(root, "dist", "scripts", "start.js");

export interface Lab {
  readonly url: string;
  readonly child: ChildProcess;
  /** All that it has printed. */
  readonly output: () => string;
  readonly end: (signal?: NodeJS.Signals) => Promise<{ code: number | null; ms: number }>;
}

/** Starts the lab as `npm start` does, and waits for its URL. */
export async function startLab(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Lab> {
  const child = spawn(process.execPath, [START, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const url = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const found = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output)?.[0];
        if (found && output.includes("Ctrl-C")) resolve(found);
      });
    }
    child.once("close", (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  const end = async (signal: NodeJS.Signals = "SIGINT") => {
    const started = performance.now();
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "exit");
    }
    return { code: child.exitCode, ms: performance.now() - started };
  };
  return { url: await url, child, output: () => output, end };
}

/**
 * The processes of a lab: those below it, and those with its mark in their environment, which reaches
 * whom a guard let go. A Redis has overwritten its own.
 */
export async function processesOf(pid: number | undefined, mark: string): Promise<Process[]> {
  const all = await allProcesses();
  const ids = new Set([pid]);
  for (let before = 0; before < ids.size;) {
    before = ids.size;
    for (const one of all) if (ids.has(one.parent)) ids.add(one.pid);
  }
  return all.filter(
    (one) => one.pid !== pid && (ids.has(one.pid) || one.environment.includes(mark)),
  );
}

/** Commands of those that still run, and of others with the mark. */
export async function stillRunning(before: readonly Process[], mark: string): Promise<string[]> {
  const known = new Set(before.map(({ pid, startTime }) => `${pid} ${startTime}`));
  return (await allProcesses())
    .filter(
      ({ pid, startTime, environment }) =>
        known.has(`${pid} ${startTime}`) || (pid !== process.pid && environment.includes(mark)),
    )
    .map(({ command }) => command);
}
