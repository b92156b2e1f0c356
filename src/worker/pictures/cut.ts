import sharp from "sharp";
import { damaged } from "./damage.js";
import { jpegHeader } from "./jpeg.js";
import { MAX_PIXELS } from "./limits.js";
import type { Picture } from "./picture.js";
import { readableRows } from "./cut-png.js";

const NOTE = "The file is damaged or not complete: the thumbnails show what can be read of it.";

/**
 * What can be shown of a picture whose file is cut or broken, as browsers show it.
 *
 * @throws {BadPictureError} when that is nothing
 */
export async function cutPicture(picture: Picture, cause: unknown): Promise<Picture> {
  const broken = { ...picture, isCut: true, notes: [...picture.notes, NOTE] };
  const { format, mending } = picture;
  switch (format) {
    case "jpeg": {
      const input = withoutHalfSegment(picture.input);
      const rows = await jpegRows(input);
      if (rows === 0) throw damaged(cause);
      return { ...broken, input, mending: rows === undefined ? mending : { ...mending, rows } };
    }
    case "png": {
      const { input, rows } = await readableRows(picture.input, cause);
      return { ...broken, input, mending: { ...mending, rows } };
    }
    case "gif":
      return broken;
    default:
      throw damaged(cause);
  }
}

/** A table that is cut ends the decoder's work, and what was read before would be lost. */
function withoutHalfSegment(bytes: Buffer): Buffer {
  for (let at = bytes.lastIndexOf(0xff); at > 2; at = bytes.lastIndexOf(0xff, at - 1)) {
    const marker = bytes[at + 1] ?? 0;
    // No marker, or one that stands alone.
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd9)) continue;
    const isWhole = at + 4 <= bytes.length && at + 2 + bytes.readUInt16BE(at + 2) <= bytes.length;
    return isWhole ? bytes : Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xd9])]);
  }
  return bytes;
}

/**
 * Counts the rows that browsers show of a JPEG. What is missing comes as even grey from the decoder, in
 * whole rows of blocks.
 *
 * @returns undefined when all of them are there, if only roughly
 */
async function jpegRows(bytes: Buffer): Promise<number | undefined> {
  const header = jpegHeader(bytes);
  if (header === undefined) return 0;
  if (header.isProgressive) return undefined;
  const { width, height, blockRows } = header;
  // An eighth of the size is a pixel for each block.
  const [wide, high] = [Math.ceil(width / 8), Math.ceil(height / 8)];
  const { data, info } = await sharp(bytes, { failOn: "none", limitInputPixels: MAX_PIXELS })
    .resize({ width: wide, height: high, fit: "fill", kernel: "nearest" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const stride = info.width * info.channels;
  const isGrey = (y: number) =>
    data.subarray(y * stride, (y + 1) * stride).every((one) => one === 128);
  let last = high - 1;
  while (last >= 0 && isGrey(last)) last--;
  // The last row of blocks that anything was read of is not whole.
  const whole = Math.floor((last * 8) / blockRows) * blockRows;
  // The two rows above wait for it, where colours are stored at half the size.
  return Math.max(0, whole - (blockRows > 8 ? 2 : 0));
}
