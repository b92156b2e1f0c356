import { buffer } from "node:stream/consumers";
import { ZipArchive } from "archiver";
import { readZipHeader } from "redis-lab-jobs";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Zip {
  readonly bytes: Buffer;
  /** Where the bytes of each entry begin. */
  readonly offsets: readonly number[];
}

/** The same for all, so that the same pictures give the same zip. */
const DATE = new Date("1980-01-01T00:00:00Z");

/**
 * Makes a zip of entries that are packed already, as pictures are: they are stored as they are, so
 * that each can be read without the others.
 *
 * @param entries in their order, with names of their own
 */
export async function zipOf(entries: readonly ZipEntry[]): Promise<Zip> {
  const zip = new ZipArchive({ store: true });
  // A warning would leave an entry out.
  zip.on("warning", (error: Error) => zip.destroy(error));
  for (const { name, bytes } of entries) zip.append(bytes, { name, date: DATE });
  const [bytes] = await Promise.all([buffer(zip), zip.finalize()]);
  return { bytes, offsets: offsetsIn(bytes, entries) };
}

/** One entry follows the other. */
function offsetsIn(zip: Buffer, entries: readonly ZipEntry[]): number[] {
  let at = 0;
  return entries.map(({ bytes }) => {
    const { start } = readZipHeader(zip, at);
    at = start + bytes.length;
    return start;
  });
}
