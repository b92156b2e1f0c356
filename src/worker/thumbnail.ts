import type { Fit, Size } from "redis-lab-jobs";
import sharp, { type Sharp } from "sharp";
import { openApng } from "./animation.js";
import { BadPictureError } from "./errors.js";
import { damaged } from "./pictures/damage.js";
import { encode, type OutputFormat } from "./pictures/encode.js";
import { decodeHeic } from "./pictures/heic.js";
import { ENCODED_BYTES, MAX_PIXELS, MAX_THUMBNAIL_PIXELS } from "./pictures/limits.js";
import type { Picture } from "./pictures/picture.js";
import { withoutMetadata } from "./pictures/png.js";
import { mendedPixels, sharpOf } from "./pictures/pixels.js";
import { resizing, scaleTo, type Scale, type Scaled, type Wish } from "./resizing.js";

const MAX_SECONDS = 60;
const DECODERS = ["Jpeg", "Png", "Webp", "Nsgif", "Heif"];

// libvips keeps what it has decoded, which only costs memory where each picture comes once.
sharp.cache(false);
// Several pictures at a time use the cores better than several threads for one.
sharp.concurrency(1);
// No decoder but those of the formats can be reached, whatever a file pretends to be.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: DECODERS.map((name) => `VipsForeignLoad${name}`) });

/** The format in which a picture's thumbnails are when no other is asked for. */
export const ownFormat = ({ format }: Picture): OutputFormat =>
  format === "heic" ? "jpeg" : format;

/**
 * The memory, in bytes, that making thumbnails may take.
 *
 * @throws {BadPictureError} when one of them would have more than 8 million pixels
 */
export function memoryFor(picture: Picture, boxes: readonly Size[], fit: Fit): number {
  const pixels = boxes.map((box) => {
    const scale = scaleTo(picture, box, fit);
    const scaled =
      fit === "contain" ? box.width * box.height : picture.width * scale * picture.height * scale;
    if (scaled > MAX_THUMBNAIL_PIXELS) {
      throw new BadPictureError(
        `In ${box.width}×${box.height} the picture would have more than 8 million pixels: choose a smaller box.`,
      );
    }
    return scaled;
  });
  return picture.memory + Math.max(...pixels) * ENCODED_BYTES;
}

/**
 * Gets ready to make thumbnails of a picture: turned upright as browsers do, in sRGB, aspect and alpha
 * kept, never enlarged, metadata left out.
 *
 * What must be mended, and what is costly to decode, is decoded once, in the largest size.
 *
 * @param wish animated only where `keepsAnimation` says that it can be
 * @throws {BadPictureError} when the picture is broken, or takes over a minute
 */
export async function openScale(
  picture: Picture,
  boxes: readonly Size[],
  wish: Wish,
): Promise<Scale> {
  const { mending, format, apng } = picture;
  const { isAnimated } = wish;
  if (isAnimated && apng) return readable(() => openApng({ ...picture, apng }, boxes, wish));
  const isCheap = format === "jpeg" || boxes.length === 1 || isAnimated;
  if (mending === undefined && isCheap) {
    return (box) =>
      readable(() => thumbnail(reader(picture, isAnimated, true), picture, box, wish));
  }
  const scale = Math.max(...boxes.map((box) => scaleTo(picture, box, wish.fit)));
  const pixels = await readable(async () => {
    const read =
      format === "heic" ? sharpOf(await decodeHeic(picture.input)) : reader(picture, false, false);
    return mendedPixels(read, picture, scale);
  });
  return (box) => readable(() => thumbnail(sharpOf(pixels), picture, box, wish));
}

async function thumbnail(input: Sharp, picture: Picture, box: Size, wish: Wish): Promise<Scaled> {
  const { format, quality, fit } = wish;
  const { hasPalette, isGrey } = picture;
  // WebP decoded at half the size looks coarse.
  const fastShrinkOnLoad = picture.format !== "webp";
  let scaled = input
    .timeout({ seconds: MAX_SECONDS })
    .resize({ ...resizing(box, wish), fastShrinkOnLoad });
  // Here nothing can be transparent, and the page is white.
  if (format === "jpeg") scaled = scaled.flatten({ background: "white" });
  if (format === "png" && isGrey && fit !== "contain") scaled = scaled.toColourspace("b-w");
  const { data, info } = await encode(scaled, { format, quality, hasPalette }).toBuffer({
    resolveWithObject: true,
  });
  const { width, pageHeight: height = info.height } = info;
  return { bytes: smaller(data, picture, { width, height }, format), width, height };
}

function reader(picture: Picture, isAnimated: boolean, turns: boolean): Sharp {
  const { input, isCut, orientation, frames } = picture;
  return sharp(input, {
    limitInputPixels: MAX_PIXELS,
    failOn: isCut ? "none" : "error",
    ...(isAnimated && { pages: frames }),
    ...(turns && orientation !== 1 && { autoOrient: true }),
  });
}

/** A PNG that was not scaled may be packed better than it is packed here. */
function smaller(made: Buffer, picture: Picture, size: Size, format: OutputFormat): Buffer {
  const { input, mending, orientation, width, height } = picture;
  const isPng = format === "png" && picture.format === "png";
  const isAsItWas = mending === undefined && orientation === 1;
  if (!isPng || !isAsItWas || width !== size.width || height !== size.height) return made;
  const own = withoutMetadata(input);
  return own === undefined || own.length > made.length ? made : own;
}

/** What libvips says about a broken file is for a programmer. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BadPictureError) throw error;
    if (!/timeout/i.test((error as Error).message)) throw damaged(error);
    throw new BadPictureError(`The picture takes over ${MAX_SECONDS} s to scale.`, {
      cause: error,
    });
  }
}
