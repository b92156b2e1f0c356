import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Removes what killed Jupyter servers and kernels have left in their runtime folder: addresses with
 * tokens and keys, of processes that are no more.
 */
export async function removeStaleRuntimeFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const serverOf = (name: string) => Number(/^jpserver-(\d+)/.exec(name)?.[1] ?? 0);
  const servers = names.filter((name) => serverOf(name) > 0);
  const stale = servers.filter((name) => !isRunning(serverOf(name)));
  // Kernels belong to one of the servers; which one, their files do not tell.
  if (stale.length === servers.length)
    stale.push(...names.filter((name) => name.startsWith("kernel-")));
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
