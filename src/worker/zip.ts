import { crc32 } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Zip {
  /** One after the other they are the file; the entries' bytes are not copied. */
  readonly parts: readonly Buffer[];
  /** Where the bytes of each entry begin. */
  readonly offsets: readonly number[];
}

/** 1 January 1980, the same for all, so that the same pictures give the same zip. */
const DATE = 0x0021;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const VERSION = 20;

/**
 * Makes a zip of entries that are packed already, as pictures are: they are stored as they are, so
 * that each can be read without the others.
 *
 * @param entries in their order, with names of their own; less than 4 GB together
 */
export function zipOf(entries: readonly ZipEntry[]): Zip {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of entries) {
    const encoded = Buffer.from(name);
    const about = aboutEntry(encoded, bytes);
    const local = Buffer.concat([word(0x04034b50), about, short(0), encoded]);
    directory.push(
      word(0x02014b50),
      // Made by a system of which attributes say nothing.
      short(VERSION),
      about,
      short(0, 0, 0, 0),
      word(0),
      word(at),
      encoded,
    );
    offsets.push(at + local.length);
    parts.push(local, bytes);
    at += local.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const counts = short(0, 0, entries.length, entries.length);
  parts.push(list, word(0x06054b50), counts, word(list.length), word(at), short(0));
  return { parts, offsets };
}

/** What stands before an entry, and again in the directory at the end. */
function aboutEntry(name: Buffer, bytes: Buffer): Buffer {
  const sizes = word(crc32(bytes), bytes.length, bytes.length);
  return Buffer.concat([short(VERSION, FLAGS, 0, 0, DATE), sizes, short(name.length)]);
}

function short(...values: number[]): Buffer {
  const buffer = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => buffer.writeUInt16LE(value, 2 * i));
  return buffer;
}

function word(...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => buffer.writeUInt32LE(value, 4 * i));
  return buffer;
}
