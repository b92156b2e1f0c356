import { join } from "node:path";
import {
  ipcConnection,
  tcpConnection,
  writeConnectionFile,
  type ConnectionInfo,
} from "jupyter-wire/connection-info";
import {
  guardedFolder,
  GuardedProcess,
  type Exit,
  type GuardedFolder,
} from "guarded-processes/guarded-process";
import { endLeftProcesses, OWNER_VARIABLE } from "guarded-processes/left-processes";
import { removeFolder } from "guarded-processes/temporary-folder";
import type { KernelLaunch } from "../launch.js";
import type { KernelEnd, Shutdown } from "./kernel.js";

/** What is kept of a kernel's own stdout and stderr, in characters: the end tells most. */
const LOG_LIMIT = 100_000;

/** What watch-tslab.cjs says when it is ended. */
const OPEN = /^Still open: (.*)$/m;

/** A running kernel process with its connection file in a folder of its own. */
export class KernelProcess {
  #log = "";

  private constructor(
    readonly info: ConnectionInfo,
    private readonly folder: GuardedFolder,
    private readonly process: GuardedProcess,
  ) {
    for (const stream of [process.child.stdout, process.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#log = (this.#log + text).slice(-LOG_LIMIT);
      });
    }
  }

  static async start(
    launch: KernelLaunch,
    { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
  ): Promise<KernelProcess> {
    const folder = guardedFolder("typescript-kernel");
    const { path } = folder;
    const file = join(path, "connection.json");
    let info: ConnectionInfo;
    try {
      const ipc = launch.ipcSeparator === undefined ? undefined : ipcConnection(path, launch.name);
      info = ipc ?? (await tcpConnection(launch.name));
      await writeConnectionFile(file, info);
    } catch (error) {
      await removeFolder(path);
      await folder.release();
      throw error;
    }
    const [program = "", ...args] = launch.argv(file);
    const ownFolder = launch.folderVariable === undefined ? {} : { [launch.folderVariable]: path };
    const process = GuardedProcess.start(program, args, {
      cwd,
      env: { ...env, ...launch.env, ...folder.owner, ...ownFolder },
      folder,
    });
    return new KernelProcess(info, folder, process);
  }

  /** What the process wrote to its own stdout and stderr. */
  get log(): string {
    return this.#log;
  }

  get isRunning(): boolean {
    return this.process.exit === undefined;
  }

  /** Resolves when the process has ended. */
  get exited(): Promise<Exit> {
    return this.process.exited;
  }

  /** As Jupyter does it: SIGINT to the whole process group. */
  interrupt(): void {
    this.process.signal("SIGINT");
  }

  /**
   * Waits for the end, forces it when it does not come (SIGTERM, then SIGKILL, to the whole group),
   * ends what it had started outside its group, and removes the folder.
   *
   * @param quietMs milliseconds to end by itself
   */
  async stop(quietMs: number): Promise<Shutdown> {
    const { needed } = await this.process.stop({ quiet: quietMs, term: 1000 });
    const leftProcesses = await endLeftProcesses(this.folder.owner[OWNER_VARIABLE] ?? "");
    await removeFolder(this.folder.path);
    await this.folder.release();
    const open = OPEN.exec(this.#log)?.[1]?.split("; ");
    return { leaked: needed !== undefined, leftProcesses, ...(open ? { open } : {}) };
  }
}

/** How a kernel's process ended. */
export function kernelEnd(exit: Exit): KernelEnd {
  return { how: describeExit(exit), isClean: exit.code === 0 };
}

/** In words that follow "the kernel". */
export function describeExit({ code, signal, error }: Exit): string {
  if (error) return `could not be started: ${error.message}`;
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
}
