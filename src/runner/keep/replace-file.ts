import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from "node:fs";
import { access, chown, constants, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { inPieces } from "./in-pieces.js";

/** How long a program that had the file open may take to begin to write it, after it was replaced. */
const LATE_MS = 20;
/** How long it may take to write all of it, once it has begun. */
const SAVING_MS = 2000;

/** What became of the attempt to replace a file. */
export type Replaced =
  | { readonly kind: "replaced" }
  /** The file was no longer what it should have been: nothing is done. */
  | { readonly kind: "changed" }
  /** It was replaced while a program had it open, which then wrote this. */
  | { readonly kind: "late"; readonly text: string };

/**
 * Replaces a file as a whole if it still holds what it did, and tells what somebody wrote meanwhile:
 * nothing can compare and replace at once, so both follow each other within one step of the event
 * loop, and the old file is looked at once more when it is gone.
 *
 * @param file no link
 * @param isWhole whether a text is all that a program wanted to write, and not the first part of it
 * @throws errors of the file system; nothing is left behind then
 */
export async function replaceFile(
  file: string,
  before: string,
  text: string,
  isWhole: (text: string) => boolean,
): Promise<Replaced> {
  const beside = `${file}.${process.pid}.tmp`;
  const { mode, uid, gid } = await stat(file);
  // Whoever may do everything could write it, too, but it is protected on purpose.
  if ((mode & 0o222) === 0) throw Object.assign(new Error("read-only"), { code: "EROFS" });
  await access(file, constants.W_OK);
  let held: number | undefined;
  try {
    await writeFile(beside, inPieces(text), { mode });
    // In a container root often writes what belongs to a user.
    if (uid !== process.getuid?.()) await chown(beside, uid, gid).catch(() => {});
    held = openSync(file, "r");
    if (readHeld(held) !== before || statSync(file).ino !== fstatSync(held).ino) {
      return { kind: "changed" };
    }
    renameSync(beside, file);
    await sleep(LATE_MS);
    const giveUp = Date.now() + SAVING_MS;
    for (;;) {
      const late = readHeld(held);
      if (late === before) return { kind: "replaced" };
      if (isWhole(late) || Date.now() >= giveUp) return { kind: "late", text: late };
      await sleep(LATE_MS);
    }
  } finally {
    if (held !== undefined) closeSync(held);
    await rm(beside, { force: true });
  }
}

/** All of an open file, from its start. */
function readHeld(descriptor: number): string {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const read = readSync(descriptor, bytes, length, size - length, length);
    if (read === 0) break;
    length += read;
  }
  return bytes.toString("utf8", 0, length);
}
