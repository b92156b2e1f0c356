import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GuardedProcess } from "guarded-processes/guarded-process";

export interface Measure {
  readonly seconds: number;
  /** Of the command and all that it started, kernels included. */
  readonly processorSeconds: number;
  /**
   * The most that the command's own process held (VmHWM), and those that it started and that count as
   * its own; Linux only.
   */
  readonly megabytes: number;
}

// A Node that waits for the command, so that what the system counts for the children of a process
// counts for this command alone.
const WRAPPER = `
const { spawn } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const [result, own, command, ...args] = process.argv.slice(1);
const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
let output = "", peak = 0;
for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
const read = (path) => readFileSync("/proc/" + path, "latin1");
const most = (pid) => Number(/VmHWM:\\s*(\\d+)/.exec(read(pid + "/status"))?.[1] ?? 0);
const sample = () => {
  try {
    let sum = most(child.pid);
    for (const pid of own ? read(child.pid + "/task/" + child.pid + "/children").match(/\\d+/g) ?? [] : []) {
      if (new RegExp(own).test(read(pid + "/cmdline").replaceAll("\\0", " "))) sum += most(pid);
    }
    peak = Math.max(peak, sum);
  } catch {}
};
const timer = setInterval(sample, 50);
const started = performance.now();
child.on("close", (status) => {
  clearInterval(timer);
  writeFileSync(result, JSON.stringify({ status, output, peak, milliseconds: performance.now() - started }));
});
`;

/**
 * Runs a command that must succeed and measures it.
 *
 * @param options.own command lines of processes it starts whose memory counts as its own
 * @throws {Error} with what it wrote, when it fails
 */
export async function measured(
  command: readonly string[],
  { own, ...options }: { cwd: string; env: NodeJS.ProcessEnv; own?: RegExp | undefined },
): Promise<Measure> {
  const folder = await mkdtemp(join(tmpdir(), "measured-"));
  try {
    const file = join(folder, "result.json");
    const times = join(folder, "times");
    const wrapped = [process.execPath, "-e", WRAPPER, file, own?.source ?? "", ...command];
    // The shell's own `times` counts what all its children, and theirs, have used.
    const shell = GuardedProcess.start(
      "/bin/sh",
      ["-c", `"$@"; times > '${times}'`, "sh", ...wrapped],
      { ...options, stdio: ["ignore", "inherit", "inherit"] },
    );
    await shell.exited;
    const result = JSON.parse(await readFile(file, "utf8")) as {
      status: number;
      output: string;
      peak: number;
      milliseconds: number;
    };
    if (result.status !== 0)
      throw new Error(`${command[0]} failed:\n${result.output.slice(-3000)}`);
    const [, children = ""] = (await readFile(times, "utf8")).trim().split("\n");
    const processorSeconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
      0,
    );
    return {
      seconds: result.milliseconds / 1000,
      processorSeconds,
      megabytes: result.peak / 1024,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
