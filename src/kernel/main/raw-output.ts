import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FrontData } from "../link.js";

/**
 * Puts named pipes in place of file descriptors 1 and 2, so that what is written to them directly,
 * by native code or by child processes, can be shown, too.
 *
 * Node has no dup2, but the system gives a file that is opened the lowest free descriptor.
 *
 * @returns the descriptors to read from; none where named pipes are not to be had
 */
export function captureRawOutput(): FrontData["rawOutput"] {
  if (process.platform === "win32") return [];
  const folder = mkdtempSync(join(tmpdir(), "typescript-kernel-"));
  try {
    const paths = [join(folder, "1"), join(folder, "2")];
    const { status } = spawnSync("mkfifo", paths, { stdio: "ignore" });
    if (status !== 0) return [];
    return paths.map((path, index) => {
      // The reader first, and without waiting: a pipe without one cannot be opened for writing.
      const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      replace(index + 1, path);
      return { name: index === 0 ? ("stdout" as const) : ("stderr" as const), fd };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function replace(fd: number, path: string): void {
  closeSync(fd);
  const opened = openSync(path, "w");
  if (opened !== fd) throw new Error(`Descriptor ${fd} could not be replaced: got ${opened}.`);
}
