import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { within } from "../waiting.js";

/** How long a guard may take to end what it guards, in milliseconds. */
const END_MS = 5000;

/**
 * Reads the number of the process that it guards, a new one after each start and an empty line when
 * it has ended. When the pipe closes, it ends that process group and removes the folder.
 */
const GUARD = `
trap '' HUP INT QUIT TERM
pid=
while read -r next; do pid=$next; done
[ -n "$pid" ] && kill -KILL "-$pid"
rm -rf -- "$1"
`;

/** A temporary folder, and at most one process group, that go when this process does, however. */
export class GuardedFolder {
  private constructor(
    readonly path: string,
    private readonly guard: ChildProcess,
  ) {}

  static async make(): Promise<GuardedFolder> {
    const path = await mkdtemp(join(tmpdir(), "redis-lab-notebook-"));
    const guard = spawn("/bin/sh", ["-c", GUARD, "guard", path], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    guard.on("error", () => {});
    // It may be gone when the last word is written to it.
    guard.stdin?.on("error", () => {});
    guard.unref();
    return new GuardedFolder(path, guard);
  }

  /** Tells which process runs now, by the number of its group; undefined for none. */
  guards(pid: number | undefined): void {
    this.guard.stdin?.write(`${pid ?? ""}\n`);
  }

  /** Ends the process, and removes the folder. */
  async remove(): Promise<void> {
    if (this.guard.exitCode !== null) return;
    const ended = once(this.guard, "exit");
    this.guard.stdin?.end();
    await within(ended, END_MS, "the end of a server's guard");
  }
}
