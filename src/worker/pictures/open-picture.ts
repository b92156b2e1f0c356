import { foreignFormat, FORMAT_NAMES, pictureFormat } from "redis-lab-jobs";
import sharp from "sharp";
import { BadPictureError } from "../errors.js";
import { readApng } from "./apng.js";
import { avifMending, withMainBrand } from "./avif.js";
import { isSrgb } from "./colour.js";
import { damaged } from "./damage.js";
import { withClearGround } from "./gif.js";
import { heicHeader } from "./heic.js";
import { jpegHeader } from "./jpeg.js";
import { DECODED_BYTES, MAX_PIXELS, memoryOf } from "./limits.js";
import type { Picture } from "./picture.js";
import { pngHeader } from "./png.js";

/**
 * Looks at a picture without decoding it.
 *
 * @throws {BadPictureError} for what is no picture that can be read, or too large
 */
export async function openPicture(bytes: Buffer): Promise<Picture> {
  if (bytes.length === 0) throw new BadPictureError("The file is empty.");
  const format = pictureFormat(bytes);
  switch (format) {
    case "jpeg":
      return openJpeg(bytes);
    case "png":
      return openPng(bytes);
    case "webp":
      return openWebp(bytes);
    case "gif":
      return openGif(bytes);
    case "avif":
      return openAvif(bytes);
    case "heic":
      return openHeic(bytes);
    case undefined:
      throw new BadPictureError(unreadable(bytes));
  }
}

function unreadable(bytes: Buffer): string {
  const name = foreignFormat(bytes);
  if (name === undefined) return `The file is not a ${FORMAT_NAMES} picture.`;
  return `The file is ${name}, which cannot be read here: save it as JPEG or PNG, and send that.`;
}

const PLAIN = { frames: 1, orientation: 1, hasPalette: false, isGrey: false, notes: [] } as const;

function openJpeg(bytes: Buffer): Picture {
  const header = jpegHeader(bytes);
  if (header === undefined || header.width * header.height === 0) throw damaged();
  const { isProgressive, samples, channels, orientation, hasProfile } = header;
  const memory = isProgressive
    ? memoryOf("a progressive JPEG", header, samples * DECODED_BYTES.progressiveJpeg)
    : memoryOf("a JPEG", header);
  const mending = channels === 4 && !hasProfile ? { isInk: true } : undefined;
  return {
    ...PLAIN,
    format: "jpeg",
    input: bytes,
    memory,
    orientation,
    ...upright(header),
    mending,
  };
}

function openPng(bytes: Buffer): Picture {
  const header = pngHeader(bytes);
  if (header === undefined || header.width * header.height === 0) throw damaged();
  const { bitDepth, channels, hasPalette, isGrey, isInterlaced, orientation, encoding } = header;
  const pixel = Math.max((channels * bitDepth) / 8, hasPalette ? 4 : 1) + 1;
  const memory = isInterlaced
    ? memoryOf("an interlaced PNG of this kind", header, pixel)
    : memoryOf("a PNG", header);
  const mending = encoding && !isSrgb(encoding) ? { encoding } : undefined;
  const kind = {
    hasPalette: hasPalette || (isGrey && bitDepth < 8),
    isGrey: isGrey && mending === undefined,
  };
  const apng = header.isAnimated ? readApng(bytes) : undefined;
  const input = apng?.frames[0]?.png ?? bytes;
  return {
    ...PLAIN,
    ...kind,
    format: "png",
    input,
    memory,
    orientation,
    ...upright(header),
    mending,
    ...(apng && { apng, frames: apng.frames.length }),
  };
}

async function openWebp(bytes: Buffer): Promise<Picture> {
  const { width, height, pages = 1 } = await look(bytes);
  const memory = memoryOf("a WebP", { width, height }, DECODED_BYTES.webp);
  // Browsers pass EXIF's orientation over in WebP.
  return { ...PLAIN, format: "webp", input: bytes, memory, width, height, frames: pages };
}

async function openGif(bytes: Buffer): Promise<Picture> {
  const { input, added } = withClearGround(bytes);
  // Its decoder looks through all of the file, which may be cut: that is found out later.
  const { width, height, pages = 1 } = await look(input, "none");
  const frames = pages - added;
  const memory = memoryOf("a GIF", { width, height }, DECODED_BYTES.gif);
  return { ...PLAIN, format: "gif", hasPalette: true, input, memory, width, height, frames };
}

async function openAvif(bytes: Buffer): Promise<Picture> {
  const input = withMainBrand(bytes);
  const { width, height } = await look(input);
  const memory = memoryOf("an AVIF", { width, height }, DECODED_BYTES.avif);
  const mending = avifMending(input);
  const isPlain = !mending.isNarrowGrey && (!mending.encoding || isSrgb(mending.encoding));
  const rest = { memory, width, height, mending: isPlain ? undefined : mending };
  return { ...PLAIN, format: "avif", input, ...rest };
}

function openHeic(bytes: Buffer): Picture {
  const header = heicHeader(bytes);
  if (header === undefined || header.width * header.height === 0) throw damaged();
  const memory = memoryOf("a HEIC", header, DECODED_BYTES.heic);
  return { ...PLAIN, format: "heic", input: bytes, memory, ...header };
}

/** What libvips says of the header; nothing is decoded. */
async function look(bytes: Buffer, failOn: "none" | "error" = "error") {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn }).metadata();
  } catch (error) {
    if (!/pixel limit/i.test((error as Error).message)) throw damaged(error);
    throw new BadPictureError(
      `The picture has more than ${MAX_PIXELS / 1e6} million pixels, the limit for any format.`,
      { cause: error },
    );
  }
}

function upright({
  width,
  height,
  orientation,
}: {
  width: number;
  height: number;
  orientation: number;
}) {
  return orientation < 5 ? { width, height } : { width: height, height: width };
}
