import { createHash, type Hash } from "node:crypto";
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import {
  foreignFormat,
  FORMAT_NAMES,
  HEAD_BYTES,
  pictureFormat,
  StorageAwayError,
  storeIncoming,
  type Size,
  type Storage,
} from "redis-lab-jobs";
import { RefusedError } from "./errors.js";
import { fileName } from "./file-name.js";
import { shownBytes, type Limits } from "./limits.js";
import { readSizes } from "./sizes.js";
import { isWishField, readWish, type Wish, type WishField } from "./wish.js";

/** A picture of a form: stored, or refused. */
export interface Picture {
  /** What its owner calls it. */
  readonly name: string;
  /** Where it is stored, relative to the media folder. */
  readonly file?: string;
  readonly bytes: number;
  /** Tells whether two stored pictures are the same. */
  readonly digest?: string;
  readonly refused?: RefusedError;
}

export interface Upload {
  readonly pictures: readonly Picture[];
  readonly sizes: readonly Size[];
  readonly wish: Wish;
  /** Of all pictures. */
  readonly bytes: number;
}

export interface UploadOptions {
  readonly storage: Storage;
  readonly limits: Limits;
}

/**
 * Reads a form, and stores its pictures while they come in. One that is refused does not stop the
 * others; when the form as a whole is refused, or ends half way, nothing of it stays.
 *
 * @throws {RefusedError} for a form that cannot be served
 */
export async function readUpload(request: FastifyRequest, options: UploadOptions): Promise<Upload> {
  const pictures: Picture[] = [];
  const sizes: string[] = [];
  const wishes = new Map<WishField, string>();
  try {
    for await (const part of request.parts()) {
      if (part.type === "file") {
        const picture = await readPicture(part, options);
        if (picture) pictures.push(picture);
      } else if (part.fieldname === "sizes" && !part.valueTruncated) {
        sizes.push(String(part.value));
      } else if (isWishField(part.fieldname) && !part.valueTruncated) {
        wishes.set(part.fieldname, String(part.value));
      } else {
        throw new RefusedError(
          400,
          "The form has a field that is unknown or too long; only sizes, fit, format, quality and animated are known.",
        );
      }
    }
    if (pictures.length === 0) {
      throw new RefusedError(400, "Choose at least one picture.", "image_file");
    }
    const bytes = pictures.reduce((sum, picture) => sum + picture.bytes, 0);
    return { pictures, sizes: readSizes(sizes), wish: readWish(wishes), bytes };
  } catch (error) {
    await removePictures(pictures, options);
    throw toUploadError(error, options.limits);
  }
}

export async function removePictures(
  pictures: readonly Picture[],
  { storage }: Pick<UploadOptions, "storage">,
): Promise<void> {
  const stored = pictures.flatMap(({ file }) => (file === undefined ? [] : [file]));
  await Promise.all(stored.map((file) => storage.remove(file)));
}

/** Undefined for the empty part that a browser sends when no picture was chosen. */
async function readPicture(
  part: MultipartFile,
  { storage, limits }: UploadOptions,
): Promise<Picture | undefined> {
  const name = fileName(part.filename);
  if (part.fieldname !== "image_file") {
    part.file.resume();
    throw new RefusedError(400, "Pictures are expected in the form's field image_file.");
  }
  try {
    // Destroying the part would end the form.
    const chunks: AsyncIterable<Buffer> = part.file.iterator({ destroyOnReturn: false });
    const hash = createHash("sha256");
    const file = await storeIncoming(storage, hashed(checked(chunks, limits.fileBytes), hash));
    return { name, file, bytes: part.file.bytesRead, digest: hash.digest("base64url") };
  } catch (error) {
    // The parts behind it come only when this one has been read.
    part.file.resume();
    if (!(error instanceof RefusedError)) throw error;
    const isNothing = error instanceof EmptyFileError && !part.filename;
    return isNothing ? undefined : { name, bytes: part.file.bytesRead, refused: error };
  }
}

class EmptyFileError extends RefusedError {
  constructor() {
    super(400, "This file is empty.", "image_file");
  }
}

/**
 * Passes on the bytes of a picture, and ends with an error as soon as they are known to be none, or
 * too many.
 */
export async function* checked(chunks: AsyncIterable<Buffer>, maxBytes: number) {
  let head: Buffer = Buffer.alloc(0);
  let count = 0;
  let isKnown = false;
  for await (const chunk of chunks) {
    count += chunk.length;
    if (count > maxBytes) throw tooLarge(maxBytes);
    if (isKnown) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    refuseUnknown(head);
    isKnown = true;
    yield head;
  }
  if (count === 0) throw new EmptyFileError();
  if (!isKnown) {
    refuseUnknown(head);
    yield head;
  }
}

function refuseUnknown(head: Buffer): void {
  if (pictureFormat(head) !== undefined) return;
  const name = foreignFormat(head);
  const text = name
    ? `This is ${name}, which cannot be read here: save it as JPEG or PNG, and send that.`
    : `This is not a picture in a supported format, whatever its name says: send ${FORMAT_NAMES}.`;
  throw new RefusedError(415, text, "image_file");
}

function tooLarge(maxBytes: number): RefusedError {
  return new RefusedError(
    413,
    `This picture is too large: the limit is ${shownBytes(maxBytes)}.`,
    "image_file",
  );
}

/** Says in plain words what the parser of the form says in codes. */
function toUploadError(error: unknown, { files }: Limits): Error {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (error instanceof RefusedError) return error;
  const refused = (status: number, text: string) =>
    new RefusedError(status, text, undefined, { cause: error });
  switch (code) {
    case "FST_FILES_LIMIT":
    case "FST_PARTS_LIMIT":
      return refused(413, `At most ${files} pictures at a time, please.`);
    case "FST_FIELDS_LIMIT":
      return refused(413, "The form has too many fields.");
    case "FST_INVALID_MULTIPART_CONTENT_TYPE":
      return refused(415, "Send pictures as a form (multipart/form-data), field image_file.");
  }
  const storage = storageRefused(error);
  if (storage) return storage;
  // What else comes from the file system is not the sender's fault.
  if (syscall !== undefined && code !== "ECONNRESET") return error as Error;
  return refused(400, `The form could not be read (${message}). Send it again.`);
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash) {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Undefined for what is not about the place where pictures are kept. */
export function storageRefused(error: unknown): RefusedError | undefined {
  const { code } = error as NodeJS.ErrnoException;
  const refused = (status: number, text: string) =>
    new RefusedError(status, text, undefined, { cause: error });
  if (code === "ENOSPC" || code === "EDQUOT") {
    return refused(507, "The server is out of disk space. Try again later.");
  }
  if (!(error instanceof StorageAwayError)) return undefined;
  return refused(503, "The storage for pictures is away. Nothing is lost; try again in a moment.");
}
