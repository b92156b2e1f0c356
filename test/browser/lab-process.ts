import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
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

/** Command lines of the processes that were started below this one, by their environment. */
export async function processesWith(marker: string): Promise<string[]> {
  const { readdir, readFile } = await import("node:fs/promises");
  const found: string[] = [];
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const environ = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (!environ.includes(marker)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    found.push(`${pid} ${command.replaceAll("\0", " ")}`);
  }
  return found;
}
