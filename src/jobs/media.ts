import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { MediaPathError } from "./errors.js";

/** Folders in the media folder: pictures to work on, finished zips, and unfinished work. */
export const INCOMING = "incoming";
export const ARCHIVES = "archives";
export const WORKING = "working";

/**
 * The absolute path of a file in the media folder.
 *
 * @param file relative to the folder, with `/` between its parts
 * @throws {MediaPathError} for a path that leads out of the folder, or to the folder itself
 */
export function mediaPath(mediaRoot: string, file: string): string {
  const root = resolve(mediaRoot);
  const path = resolve(root, file);
  const parts = file.split("/");
  const isPlain = parts.every((part) => part !== "" && part !== "." && part !== "..");
  if (!isPlain || /[\\\0]/.test(file) || !path.startsWith(root + sep)) {
    throw new MediaPathError(file);
  }
  return path;
}

/** Deletes a file of the media folder; nothing happens when it is gone. */
export async function removeMedia(mediaRoot: string, file: string): Promise<void> {
  await rm(mediaPath(mediaRoot, file), { force: true });
}

/** A name for a picture to be stored, `incoming/<random>`; nothing is written. */
export const newIncoming = (): string => `${INCOMING}/${randomUUID()}`;

/** Where the zip of a job stands, relative to the media folder. */
export const archiveOf = (jobId: string): string => `${ARCHIVES}/${jobId}.zip`;

/**
 * Stores a picture for a job: written beside and renamed, so that no half file is ever seen.
 *
 * @param bytes as `writeFile` takes them: bytes, or a stream
 * @returns its name for the payload, relative to the media folder
 */
export async function storeIncoming(
  mediaRoot: string,
  bytes: Parameters<typeof writeFile>[1],
): Promise<string> {
  const file = newIncoming();
  const path = mediaPath(mediaRoot, file);
  const beside = mediaPath(mediaRoot, join(WORKING, randomUUID()));
  await mkdir(dirname(path), { recursive: true });
  await mkdir(dirname(beside), { recursive: true });
  try {
    await writeFile(beside, bytes, { flag: "wx", flush: true });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  return file;
}
