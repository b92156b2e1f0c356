import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { redisUrl } from "../redis-url.js";
import { within } from "../waiting.js";
import { GuardedFolder } from "./guarded-folder.js";
import { startNamed } from "./start-redis.js";

/** How long a program may take to end when it is asked to, in milliseconds. */
const END_MS = 5000;

/** A program that a notebook runs beside itself, in a process of its own. */
export class LabProgram {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: GuardedFolder,
    /** What it has printed so far. */
    readonly output: string[],
  ) {}

  static async start(file: string, args: readonly string[]): Promise<LabProgram> {
    const folder = await GuardedFolder.make();
    const output: string[] = [];
    const child = spawn(process.execPath, [file, ...args], {
      env: { ...process.env, REDIS_URL: redisUrl() },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    child.on("error", (error) => output.push(error.message));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => output.push(text.trimEnd()));
    }
    folder.guards(child.pid);
    return new LabProgram(child, folder, output);
  }

  /** Ends it at once, as a crash or a power cut does: it can do nothing more. */
  async kill(): Promise<void> {
    await this.signal("SIGKILL");
  }

  /**
   * Sends a signal, SIGTERM unless another is named, and waits for its end.
   *
   * @returns its exit code; null when the signal ended it
   * @throws {TimeoutError} when it goes on for over 5 seconds
   */
  async signal(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill(signal);
      await within(ended, END_MS, "the end of the program");
    }
    return child.exitCode;
  }

  /** Ends it, if it still runs. */
  async stop(): Promise<void> {
    await this.kill();
    await this.folder.remove();
  }
}

/**
 * Runs a Node program in a process of its own, with the lab's `REDIS_URL`. It is gone with
 * `closeAll()`, and whenever the kernel ends.
 *
 * @param name of the notebook's choice; what it has started under this name is ended first
 * @param file of the program, from the notebook's folder
 */
export async function startProgram(
  name: string,
  file: string,
  ...args: string[]
): Promise<LabProgram> {
  return startNamed(name, () => LabProgram.start(file, args));
}
