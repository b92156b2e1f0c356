import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RawOutput } from "../link.js";
import { brakeAtFatalErrors } from "./fatal-brake.js";

/** Set by who starts the kernel and removes the folder, however the kernel ends. */
const FOLDER_VARIABLE = "TYPESCRIPT_KERNEL_FOLDER";

/**
 * Puts named pipes in place of file descriptors 1 and 2, so that what is written to them directly,
 * by native code or by child processes, can be shown, too.
 *
 * Node has no dup2, but the system gives a file that is opened the lowest free descriptor.
 *
 * @param withoutOtherThreads does work while no other thread can open a file
 * @returns the descriptors to read from; none where named pipes are not to be had
 */
export function captureRawOutput(withoutOtherThreads: (work: () => void) => void): RawOutput {
  if (process.platform === "win32") return uncaptured(withoutOtherThreads);
  const folder = mkdtempSync(join(process.env[FOLDER_VARIABLE] ?? tmpdir(), "typescript-kernel-"));
  // It is the kernel's, not the cells' and what they start.
  delete process.env[FOLDER_VARIABLE];
  try {
    const paths = [join(folder, "1"), join(folder, "2")];
    const brake = join(folder, "brake");
    const { status } = spawnSync("mkfifo", [...paths, brake], { stdio: "ignore" });
    if (status !== 0) return uncaptured(withoutOtherThreads);
    // The readers first, and without waiting: a pipe without one cannot be opened for writing.
    const readers = paths.map((path) => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    // Only Linux opens a pipe anew by its descriptor.
    if (process.platform === "linux") brakeAtFatalErrors(brake);
    withoutOtherThreads(() => paths.forEach((path, index) => replace(index + 1, path)));
    return readers.map((fd, index) => ({ name: index === 0 ? "stdout" : "stderr", fd }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    // Node's realpathSync stops at a folder that it knows when the last thing looked at was a pipe
    // (its statValues): packages would be loaded by their links, a second time.
    statSync(dirname(folder));
  }
}

function uncaptured(withoutOtherThreads: (work: () => void) => void): RawOutput {
  withoutOtherThreads(() => {});
  return [];
}

function replace(fd: number, path: string): void {
  closeSync(fd);
  const opened = openSync(path, "w");
  if (opened !== fd) throw new Error(`Descriptor ${fd} could not be replaced: got ${opened}.`);
}
