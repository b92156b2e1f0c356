import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  ARCHIVES,
  archiveOf,
  mediaPath,
  WORKING,
  type PayloadOf,
  type Progress,
  type ResultOf,
  type Thumbnail,
} from "redis-lab-jobs";
import { Budget } from "./budget.js";
import { BadPictureError, StorageError } from "./errors.js";
import { safeName, splitName, uniqueName } from "./file-names.js";
import { EXTENSIONS } from "./picture-format.js";
import { memoryFor, openPicture, thumbnailOf } from "./thumbnail.js";
import { writeZip, type ZipEntry } from "./zip.js";

const MAX_BYTES = 50 * 1024 ** 2;
/** Pictures are scaled at the same time while they take no more memory, in bytes. */
const memory = new Budget(300e6);

export interface Work {
  readonly id: string;
  readonly mediaRoot: string;
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
 * @throws {StorageError} when the folder cannot be read or written
 */
export async function makeThumbnails(
  { file, name, sizes }: PayloadOf<"make-thumbnails">,
  { id, mediaRoot, isRepeated, onProgress, signal }: Work,
): Promise<ResultOf<"make-thumbnails">> {
  if (isRepeated) await removeLeftovers(mediaRoot, id);
  const picture = await openPicture(await readPicture(mediaPath(mediaRoot, file)));
  const original = safeName(name);
  const taken = new Set([original.toLowerCase()]);
  const entries: ZipEntry[] = [{ name: original, bytes: picture.bytes }];
  const thumbnails: Thumbnail[] = [];
  for (const size of sizes) {
    signal.throwIfAborted();
    const { bytes, width, height } = await memory.run(memoryFor(picture, size), () =>
      thumbnailOf(picture, size),
    );
    // By the box, not by what came of it: two boxes may give the same size.
    const wanted = `${splitName(original).stem}_${size.width}x${size.height}.${EXTENSIONS[picture.format]}`;
    const unique = uniqueName(wanted, taken);
    entries.push({ name: unique, bytes });
    thumbnails.push({ name: unique, width, height, bytes: bytes.length });
    await onProgress({ done: thumbnails.length, total: sizes.length });
  }
  signal.throwIfAborted();
  const archivePath = archiveOf(id);
  const beside = mediaPath(mediaRoot, `${WORKING}/${id}-${randomUUID()}.zip`);
  const write = () => writeZip(mediaPath(mediaRoot, archivePath), beside, entries);
  await storing("The zip could not be written", () => write().catch(withFolders(mediaRoot, write)));
  return { archivePath, thumbnails };
}

async function readPicture(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      throw new BadPictureError(`The file is larger than ${MAX_BYTES / 1024 ** 2} MB.`);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof BadPictureError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      throw new BadPictureError("The picture is no longer stored: send it again.", {
        cause: error,
      });
    }
    throw new StorageError("The picture could not be read", error);
  }
}

/** Removes what an attempt left that was killed while it wrote. */
async function removeLeftovers(mediaRoot: string, id: string): Promise<void> {
  await storing("The media folder could not be cleaned", async () => {
    const folder = join(mediaRoot, WORKING);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (name.startsWith(`${id}-`)) await rm(join(folder, name), { force: true });
    }
  });
}

/** The folders are there but for the first time. */
function withFolders(mediaRoot: string, again: () => Promise<void>) {
  return async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await mkdir(join(mediaRoot, ARCHIVES), { recursive: true });
    await mkdir(join(mediaRoot, WORKING), { recursive: true });
    await again();
  };
}

async function storing(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new StorageError(what, error);
  }
}
