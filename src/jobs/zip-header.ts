/** Of a zip's file format: what stands before each entry's name. */
const HEADER = { signature: 0x04034b50, bytes: 22, nameLength: 26, extraLength: 28, length: 30 };

/** Enough of a zip to read the first header: a name has 255 bytes at the most. */
export const ZIP_HEADER_BYTES = HEADER.length + 300;

export interface ZipHeader {
  readonly name: string;
  /** Where the entry's bytes begin in the zip. */
  readonly start: number;
  readonly bytes: number;
}

/**
 * Reads what a zip says before an entry that it holds as it is.
 *
 * @param zip the zip, or its beginning
 * @param at where the header begins
 * @throws {Error} when there is none
 */
export function readZipHeader(zip: Buffer, at = 0): ZipHeader {
  if (zip.readUInt32LE(at) !== HEADER.signature) throw new Error(`The zip has no entry at ${at}.`);
  const nameAt = at + HEADER.length;
  const nameEnd = nameAt + zip.readUInt16LE(at + HEADER.nameLength);
  return {
    name: zip.toString("utf8", nameAt, nameEnd),
    start: nameEnd + zip.readUInt16LE(at + HEADER.extraLength),
    bytes: zip.readUInt32LE(at + HEADER.bytes),
  };
}
