import { randomUUID } from "node:crypto";
import { resolve, sep } from "node:path";
import { MediaPathError } from "./errors.js";

/** Holds the id of the folder or bucket: see `sameStorage`. */
export const MARKER = ".redis-lab-media";
/** Folders in the media folder: pictures to work on, finished zips, unfinished work and uploads. */
export const INCOMING = "incoming";
export const ARCHIVES = "archives";
export const WORKING = "working";
/** Pictures that come in parts, until they are whole. */
export const UPLOADS = "uploads";

/**
 * The absolute path of a file in the media folder.
 *
 * @param file relative to the folder, with `/` between its parts
 * @throws {MediaPathError} for a path that leads out of the folder, or to the folder itself
 */
export function mediaPath(mediaRoot: string, file: string): string {
  const root = resolve(mediaRoot);
  const path = resolve(root, file);
  if (!isPlainPath(file) || !path.startsWith(root + sep)) throw new MediaPathError(file);
  return path;
}

/** Whether a path leads down, step by step. */
export function isPlainPath(file: string): boolean {
  const parts = file.split("/");
  return parts.every((part) => !["", ".", ".."].includes(part)) && !/[\\\0]/.test(file);
}

/** A name for a picture to be stored, `incoming/<random>`; nothing is written. */
export const newIncoming = (): string => `${INCOMING}/${randomUUID()}`;

/** Where the zip of a job stands, relative to the media folder. */
export const archiveOf = (jobId: string): string => `${ARCHIVES}/${jobId}.zip`;
