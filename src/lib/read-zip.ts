import { buffer } from "node:stream/consumers";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Reads a zip.
 *
 * @returns its entries in their order
 * @throws {Error} when it is broken
 */
export async function readZip(bytes: Buffer): Promise<ZipEntry[]> {
  const { fromBufferPromise } = await import("yauzl");
  const zip = await fromBufferPromise(bytes);
  const entries: ZipEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push({
      name: entry.fileName,
      bytes: await buffer(await zip.openReadStreamPromise(entry)),
    });
  }
  return entries;
}
