import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { ZipArchive } from "archiver";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The same for all, so that the same pictures give the same zip. */
const DATE = new Date("1980-01-01T00:00:00Z");

/**
 * Writes a zip: beside its place, then renamed, so that no half zip is ever seen.
 *
 * @param beside where it is written first, on the same file system
 * @param entries in their order; pictures are packed already, so they are stored as they are
 * @throws what the file system says; nothing is left then
 */
export async function writeZip(
  path: string,
  beside: string,
  entries: readonly ZipEntry[],
): Promise<void> {
  const zip = new ZipArchive({ store: true });
  // A warning would leave an entry out.
  zip.on("warning", (error: Error) => zip.destroy(error));
  for (const { name, bytes } of entries) zip.append(bytes, { name, date: DATE });
  try {
    await Promise.all([pipeline(zip, createWriteStream(beside)), zip.finalize()]);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
