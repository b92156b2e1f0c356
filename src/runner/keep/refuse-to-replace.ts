import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../errors.js";

/** @throws {UsageError} when a file that is to be written is one of the notebooks that are to run */
export async function refuseToReplace(
  files: readonly string[],
  notebooks: readonly { readonly file: string }[],
): Promise<void> {
  const read = new Set(await Promise.all(notebooks.map(async ({ file }) => realName(file))));
  for (const file of files) {
    if (read.has(await realName(file))) {
      throw new UsageError(`${file}: this would be written over the notebook itself.`);
    }
  }
}

/** The path of a file that need not exist, without links. */
async function realName(file: string): Promise<string> {
  const folder = await realpath(dirname(file)).catch(() => dirname(file));
  return realpath(file).catch(() => join(folder, basename(file)));
}
