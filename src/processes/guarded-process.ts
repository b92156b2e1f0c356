import { ChildProcess, spawn, type SpawnOptions, type StdioOptions } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Guard } from "./guard.js";
import { OWNER_VARIABLE } from "./left-processes.js";
import { settlesWithin } from "./time-limit.js";

/** How a process ended: exactly one of the two is set, unless it could not be started at all. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set when the program could not be started. */
  readonly error?: Error;
}

export interface GuardOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the child gets as stdin, stdout and stderr. Default: `["ignore", "pipe", "pipe"]`. */
  readonly stdio?: StdioOptions;
  /** A folder that is removed when this process dies without saying so. */
  readonly folder?: string | GuardedFolder;
}

/** A folder that is guarded since before it was made. */
export interface GuardedFolder {
  readonly path: string;
  /** To be put into the environment of what starts: by it all that a program starts is found. */
  readonly owner: Readonly<Record<string, string>>;
  readonly guard: Guard;
  /** Ends the guard, when the folder is gone and nothing of the owner runs. */
  release(): Promise<void>;
}

/** What sockets, addresses and keys need at least. */
const ROOM_BYTES = 16_384;

/**
 * Makes a private folder (mode 700) in the system's temporary folder, for a `GuardedProcess`. Its
 * guard is there first, so that no kill can leave it behind.
 *
 * @param prefix begins the folder's name
 */
export function guardedFolder(prefix: string): GuardedFolder {
  const path = join(tmpdir(), `${prefix}-${randomUUID().slice(0, 8)}`);
  const owner = randomUUID();
  const guard = new Guard(path, `${OWNER_VARIABLE}=${owner}`);
  try {
    mkdirSync(path, { mode: 0o700 });
    // A disk that is full takes a folder, but nothing in it: said here, it is said once.
    writeFileSync(join(path, "room"), Buffer.alloc(ROOM_BYTES));
    rmSync(join(path, "room"));
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    void guard.release();
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
  const release = () => guard.release();
  return { path, owner: { [OWNER_VARIABLE]: owner }, guard, release };
}

/**
 * A child process in a process group of its own that cannot outlive this process: a guard, a shell
 * that reads a pipe from here, ends the whole group when the pipe closes, even on SIGKILL.
 */
export class GuardedProcess {
  /** Resolves when the process has ended (or could not be started); never rejects. */
  readonly exited: Promise<Exit>;
  #exit: Exit | undefined;
  private constructor(
    readonly child: ChildProcess,
    private readonly guard: Guard,
    private readonly isOwnGuard: boolean,
  ) {
    this.exited = new Promise((resolve) => {
      const end = (exit: Exit) => {
        this.#exit = exit;
        // What the process started in its group goes with it.
        this.signal("SIGKILL");
        // The guard of a folder is needed until that is gone, too.
        if (isOwnGuard) void guard.release();
        else guard.watch(undefined);
        resolve(exit);
      };
      child.once("error", (error) => {
        if (child.pid === undefined) end({ code: null, signal: null, error });
      });
      child.once("exit", (code, signal) => end({ code, signal }));
    });
  }

  /**
   * Starts a program.
   *
   * @param command the program; a failure to start it shows as `exited` with `error` set
   */
  static start(command: string, args: readonly string[], options: GuardOptions = {}) {
    const { folder = "" } = options;
    const guard = typeof folder === "string" ? new Guard(folder) : folder.guard;
    const child = spawnOrFail(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: options.stdio ?? ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    guard.watch(child.pid);
    return new GuardedProcess(child, guard, typeof folder === "string");
  }

  /** How the process ended, or undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Sends a signal to the whole process group; nothing happens when it is gone. */
  signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") this.child.kill(signal);
      else process.kill(-pid, signal);
    } catch (error) {
      // macOS says EPERM when the group has only processes left that have ended.
      if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }

  /**
   * Ends the process: waits, then SIGTERM, then SIGKILL.
   *
   * @param graceMs milliseconds to end by itself before SIGTERM, and again before SIGKILL
   * @returns how it ended, and the strongest signal that was needed
   */
  async stop(graceMs: { quiet?: number; term?: number } = {}) {
    const { quiet = 0, term = 2000 } = graceMs;
    let needed: "SIGTERM" | "SIGKILL" | undefined;
    if (!(await settlesWithin(this.exited, quiet))) {
      needed = "SIGTERM";
      this.signal(needed);
      if (!(await settlesWithin(this.exited, term))) {
        needed = "SIGKILL";
        this.signal(needed);
      }
    }
    const exit = await this.exited;
    if (this.isOwnGuard) await this.guard.release();
    return { exit, needed };
  }
}

/** Some failures to start are thrown, others are an event: here all are an event. */
function spawnOrFail(command: string, args: readonly string[], options: SpawnOptions) {
  try {
    return spawn(command, args, options);
  } catch (error) {
    const child = new ChildProcess();
    process.nextTick(() => child.emit("error", error));
    return child;
  }
}
