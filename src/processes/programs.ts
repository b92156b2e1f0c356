import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, resolve } from "node:path";

/**
 * Finds a program that can be executed, as a shell does.
 *
 * @param name of a program, or its absolute path
 * @param path folders, separated as in the variable PATH
 * @returns an absolute path: who starts it may do so from another folder
 */
export async function findProgram(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const file = resolve(folder, name);
    try {
      await access(file, constants.X_OK);
      if ((await stat(file)).isFile()) return file;
    } catch {
      // Not here, or not executable: the next folder may have it.
    }
  }
  return undefined;
}
