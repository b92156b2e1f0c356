import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a private folder (mode 700) for sockets and other things that go with a process.
 *
 * @param prefix begins the folder's name
 * @param parent where it is made; default: the system's temporary folder
 */
export async function temporaryFolder(prefix: string, parent = tmpdir()): Promise<string> {
  return mkdtemp(join(parent, `${prefix}-`));
}

/** Removes a folder and all in it; nothing happens when it is gone already. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
