import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
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
import { allThumbnails } from "./all-thumbnails.js";
import { BadPictureError, StorageError } from "./errors.js";
import { safeName, splitName, uniqueName } from "./file-names.js";
import { zipOf, type ZipEntry } from "./zip.js";

const MAX_BYTES = 50 * 1024 ** 2;

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
  payload: PayloadOf<"make-thumbnails">,
  { id, mediaRoot, isRepeated, onProgress, signal }: Work,
): Promise<ResultOf<"make-thumbnails">> {
  if (isRepeated) await removeLeftovers(mediaRoot, id);
  const original = await readPicture(mediaPath(mediaRoot, payload.file));
  const { made, notes } = await allThumbnails(original, payload, { onProgress, signal });
  const name = safeName(payload.name);
  const taken = new Set([name.toLowerCase()]);
  const entries: ZipEntry[] = [{ name, bytes: original }];
  for (const { box, bytes, extension } of made) {
    // By the box, not by what came of it: two boxes may give the same size.
    const wanted = `${splitName(name).stem}_${box.width}x${box.height}.${extension}`;
    entries.push({ name: uniqueName(wanted, taken), bytes });
  }
  const { parts, offsets } = zipOf(entries);
  signal.throwIfAborted();
  const archivePath = archiveOf(id);
  await storeZip(mediaRoot, id, parts);
  const thumbnails: Thumbnail[] = made.map(({ width, height, bytes }, i) => ({
    name: entries[i + 1]?.name ?? "",
    width,
    height,
    bytes: bytes.length,
    offset: offsets[i + 1] ?? 0,
  }));
  return { archivePath, thumbnails, ...(notes.length > 0 && { notes: [...notes] }) };
}

/** Written beside its place, then renamed, so that no half zip is ever seen. */
async function storeZip(mediaRoot: string, id: string, parts: readonly Buffer[]): Promise<void> {
  const beside = mediaPath(mediaRoot, `${WORKING}/${id}-${randomUUID()}.zip`);
  const write = async () => {
    try {
      const file = await open(beside, "wx");
      try {
        await file.writev([...parts]);
      } finally {
        await file.close();
      }
      await rename(beside, mediaPath(mediaRoot, archiveOf(id)));
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  };
  await storing("The zip could not be written", () => write().catch(withFolders(mediaRoot, write)));
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
