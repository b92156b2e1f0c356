import {
  archiveOf,
  StorageAwayError,
  StoredTooLargeError,
  traced,
  type PayloadOf,
  type Progress,
  type ResultOf,
  type Storage,
  type Thumbnail,
} from "redis-lab-jobs";
import { allThumbnails } from "./all-thumbnails.js";
import { BadPictureError, StorageError } from "./errors.js";
import { safeName, splitName, uniqueName } from "./file-names.js";
import { zipOf, type ZipEntry } from "./zip.js";

const MAX_BYTES = 50 * 1024 ** 2;

export interface Work {
  readonly id: string;
  readonly storage: Storage;
  /** An earlier attempt may have been cut short, and left a file. */
  readonly isRepeated: boolean;
  readonly onProgress: (progress: Progress) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Makes thumbnails of a stored picture, and a zip of it all: the picture first, then one file for
 * each size. Doing it again gives the same zip at the same place.
 *
 * @throws {BadPictureError} a reason for the user; another try would not help
 * @throws {StorageAwayError} when storage is full or away for a while
 * @throws {StorageError} when it cannot be read or written
 */
export async function makeThumbnails(
  payload: PayloadOf<"make-thumbnails">,
  { id, storage, isRepeated, onProgress, signal }: Work,
): Promise<ResultOf<"make-thumbnails">> {
  if (isRepeated) await storage.removeUnfinished(archiveOf(id));
  const original = await traced("read", {}, () => readPicture(storage, payload.file));
  const size = { bytes: original.length, sizes: payload.sizes.length };
  const { made, notes } = await traced("thumbnails", size, () =>
    allThumbnails(original, payload, { onProgress, signal }),
  );
  const name = safeName(payload.name);
  const taken = new Set([name.toLowerCase()]);
  const entries: ZipEntry[] = [{ name, bytes: original }];
  for (const { box, bytes, extension } of made) {
    // By the box, not by what came of it: two boxes may give the same size.
    const wanted = `${splitName(name).stem}_${box.width}x${box.height}.${extension}`;
    entries.push({ name: uniqueName(wanted, taken), bytes });
  }
  const { bytes: zip, offsets } = await traced("zip", {}, () => zipOf(entries));
  signal.throwIfAborted();
  const archivePath = archiveOf(id);
  await traced("store", { bytes: zip.length }, () =>
    storing("The zip could not be written", () => storage.write(archivePath, zip)),
  );
  const thumbnails: Thumbnail[] = made.map(({ width, height, bytes }, i) => ({
    name: entries[i + 1]?.name ?? "",
    width,
    height,
    bytes: bytes.length,
    offset: offsets[i + 1] ?? 0,
  }));
  return { archivePath, thumbnails, ...(notes.length > 0 && { notes: [...notes] }) };
}

async function readPicture(storage: Storage, file: string): Promise<Buffer> {
  try {
    const bytes = await storage.read(file, MAX_BYTES);
    if (bytes !== undefined) return bytes;
    throw new BadPictureError("The picture is no longer stored: send it again.");
  } catch (error) {
    if (error instanceof BadPictureError || error instanceof StorageAwayError) throw error;
    if (error instanceof StoredTooLargeError) {
      throw new BadPictureError(`The file is larger than ${MAX_BYTES / 1024 ** 2} MB.`);
    }
    throw new StorageError("The picture could not be read", error);
  }
}

async function storing(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StorageAwayError) throw error;
    throw new StorageError(what, error);
  }
}
