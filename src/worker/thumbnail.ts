import type { Size } from "redis-lab-jobs";
import sharp, { type Sharp } from "sharp";
import { BadPictureError } from "./errors.js";
import { formatOf, type Format } from "./picture-format.js";

/** A larger picture is refused before it is decoded. */
const MAX_PIXELS = 40e6;
/** Its decoder takes five times the memory of the others. */
const MAX_AVIF_PIXELS = 12e6;
/** Encoding takes memory as well, and what is larger is no thumbnail. */
const MAX_THUMBNAIL_PIXELS = 8e6;
/** Memory for a pixel that is decoded, and one that is encoded: the most that was measured. */
const DECODED_BYTES: Readonly<Record<Format, number>> = {
  jpeg: 4,
  png: 6,
  webp: 4,
  gif: 6,
  avif: 20,
};
const ENCODED_BYTES = 16;
const MAX_SECONDS = 60;
const DECODERS = ["Jpeg", "Png", "Webp", "Nsgif", "Heif"];

// libvips keeps what it has decoded, which only costs memory where each picture comes once.
sharp.cache(false);
// Several pictures at a time use the cores better than several threads for one.
sharp.concurrency(1);
// No decoder but those of the five formats can be reached, whatever a file pretends to be.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: DECODERS.map((name) => `VipsForeignLoad${name}`) });

export interface Picture {
  readonly bytes: Buffer;
  readonly format: Format;
  /** Upright, as its EXIF data says. */
  readonly width: number;
  readonly height: number;
}

export interface Scaled {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/**
 * Looks at a picture without decoding it.
 *
 * @throws {BadPictureError} for what is no picture of the five formats, or too large
 */
export async function openPicture(bytes: Buffer): Promise<Picture> {
  if (bytes.length === 0) throw new BadPictureError("The file is empty.");
  const format = formatOf(bytes);
  if (format === undefined) {
    throw new BadPictureError("The file is not a JPEG, PNG, WebP, GIF or AVIF picture.");
  }
  const { autoOrient } = await readable(() => reader(bytes).metadata());
  const { width, height } = autoOrient;
  if (format === "avif" && width * height > MAX_AVIF_PIXELS) {
    throw new BadPictureError("The picture has more than 12 million pixels, the limit for AVIF.");
  }
  return { bytes, format, width, height };
}

/**
 * The memory, in bytes, that making a thumbnail may take.
 *
 * @throws {BadPictureError} when the thumbnail would have more than 8 million pixels
 */
export function memoryFor({ format, width, height }: Picture, box: Size): number {
  const scale = Math.min(1, box.width / width, box.height / height);
  const scaled = width * scale * height * scale;
  if (scaled > MAX_THUMBNAIL_PIXELS) {
    throw new BadPictureError(
      `In ${box.width}×${box.height} the picture would have more than 8 million pixels: choose a smaller box.`,
    );
  }
  return width * height * DECODED_BYTES[format] + scaled * ENCODED_BYTES;
}

/**
 * Scales a picture down to fit into a box: turned upright as its EXIF data says, aspect and alpha
 * kept, never enlarged, metadata left out, in the format that it had. Of an animation it is the
 * first picture.
 *
 * @throws {BadPictureError} when the picture is broken, or takes over a minute
 */
export async function thumbnailOf(picture: Picture, { width, height }: Size): Promise<Scaled> {
  const { data, info } = await readable(() => {
    const scaled = reader(picture.bytes)
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize({ width, height, fit: "inside", withoutEnlargement: true });
    return encode(scaled, picture.format).toBuffer({ resolveWithObject: true });
  });
  return { bytes: data, width: info.width, height: info.height };
}

function reader(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" });
}

function encode(picture: Sharp, format: Format): Sharp {
  switch (format) {
    case "jpeg":
      return picture.jpeg();
    case "png":
      return picture.png();
    case "webp":
      return picture.webp();
    case "gif":
      return picture.gif();
    case "avif":
      // The standard effort takes a second for a picture of a few hundred pixels.
      return picture.avif({ effort: 2 });
  }
}

/** What libvips says about a broken file is for a programmer. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error as Error;
    if (/pixel limit/i.test(message)) throw tooLarge(error);
    if (/timeout/i.test(message)) {
      throw new BadPictureError(`The picture takes over ${MAX_SECONDS} s to scale.`, {
        cause: error,
      });
    }
    throw new BadPictureError("The picture is damaged or not complete.", { cause: error });
  }
}

function tooLarge(cause?: unknown): BadPictureError {
  return new BadPictureError("The picture has more than 40 million pixels, which is the limit.", {
    cause,
  });
}
