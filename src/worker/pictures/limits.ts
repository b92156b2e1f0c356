import { BadPictureError } from "../errors.js";

/** The most that decoding one picture may take, in bytes: with the rest, the worker stays below 500 MB. */
export const MAX_MEMORY = 330e6;
/** What is larger takes too long, however little memory it takes. */
export const MAX_PIXELS = 200e6;
/** Encoding takes memory as well, and what is larger is no thumbnail. */
export const MAX_THUMBNAIL_PIXELS = 8e6;
/** Bytes for a pixel of a thumbnail: the most that was measured. */
export const ENCODED_BYTES = 16;

/** Bytes that were measured for a pixel, where the whole picture is held while it is decoded. */
export const DECODED_BYTES = {
  // For each number of a pixel; what is not progressive is read row by row.
  progressiveJpeg: 2.1,
  webp: 4.8,
  gif: 5.5,
  avif: 20,
  // In WebAssembly, and once more outside of it.
  heic: 18,
} as const;
/** Row by row. */
const STREAMED_BYTES = 1.5;

/**
 * The memory that decoding takes.
 *
 * @param what the kind of picture, as the message says it: `an AVIF picture`
 * @param bytesPerPixel where the whole picture is held in memory
 * @throws {BadPictureError} when it is too much
 */
export function memoryOf(
  what: string,
  { width, height }: { readonly width: number; readonly height: number },
  bytesPerPixel = STREAMED_BYTES,
): number {
  const pixels = width * height;
  const isStreamed = bytesPerPixel === STREAMED_BYTES;
  const most = isStreamed ? MAX_PIXELS : Math.min(MAX_PIXELS, MAX_MEMORY / bytesPerPixel);
  if (pixels > most) {
    throw new BadPictureError(
      `The picture has ${millions(pixels, Math.ceil)} million pixels; ${what} may have ` +
        `${millions(most, Math.floor)} million: make it smaller, and send it again.`,
    );
  }
  return isStreamed ? Math.min(pixels * bytesPerPixel, 60e6) : pixels * bytesPerPixel;
}

const millions = (pixels: number, round: (value: number) => number) => round(pixels / 1e6);
