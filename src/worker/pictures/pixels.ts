import sharp, { type Sharp } from "sharp";
import { toSrgb } from "./colour.js";
import { withProfile } from "./png.js";
import type { Mending, Picture, Pixels } from "./picture.js";

export const sharpOf = ({ data, width, height, channels }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels }, limitInputPixels: false });

/**
 * Decodes a picture, scales it down, and mends what its decoder leaves undone.
 *
 * @param read not turned upright
 * @param scale up to 1
 */
export async function mendedPixels(read: Sharp, picture: Picture, scale: number): Promise<Pixels> {
  const { mending = {}, orientation } = picture;
  const isTurned = orientation >= 5;
  const [wide, high] = isTurned ? [picture.height, picture.width] : [picture.width, picture.height];
  const [width, height] = [wide, high].map((edge) => Math.max(1, Math.round(edge * scale)));
  const scaled = read.resize({ width, height, fit: "fill" });
  const pixels = mending.isInk ? await mixedInks(scaled) : await shownPixels(scaled, mending);
  const whole = mending.rows === undefined ? pixels : withoutRows(pixels, mending.rows / high);
  return orientation === 1 ? whole : turned(whole, orientation);
}

async function shownPixels(picture: Sharp, mending: Mending): Promise<Pixels> {
  const { encoding, isNarrowGrey, profile } = mending;
  if (profile)
    return rawOf(sharp(withProfile(await rawOf(picture), profile)).toColourspace("srgb"));
  if (encoding === undefined && !isNarrowGrey) return rawOf(picture.toColourspace("srgb"));
  const raw = picture.toColourspace("rgb16").raw({ depth: "ushort" });
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  const numbers = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  const { width, height } = info;
  const channels = info.channels === 4 ? 4 : 3;
  if (isNarrowGrey) widen(numbers, channels);
  return { data: toSrgb(numbers, channels, encoding ?? SRGB), width, height, channels };
}

const SRGB = { primaries: 1, transfer: 13 };

async function rawOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  if (info.channels === 3 || info.channels === 4) {
    return { data, width: info.width, height: info.height, channels: info.channels };
  }
  throw new Error(`unexpected number of channels: ${info.channels}`);
}

/** From 16 to 235, of 255, to all. */
function widen(numbers: Uint16Array, channels: number): void {
  for (let i = 0; i < numbers.length; i++) {
    if (channels === 4 && i % 4 === 3) continue;
    const wide = ((numbers[i] ?? 0) - 16 * 257) * (255 / 219);
    numbers[i] = Math.min(Math.max(Math.round(wide), 0), 65_535);
  }
}

/** Inks are stored turned round: what is left of the light. */
async function mixedInks(picture: Sharp): Promise<Pixels> {
  const raw = picture.pipelineColourspace("cmyk").toColourspace("cmyk").raw();
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const mixed = Buffer.alloc(width * height * 3);
  for (let from = 0, to = 0; to < mixed.length; from += 4, to += 3) {
    const black = 255 - (data[from + 3] ?? 0);
    for (let i = 0; i < 3; i++)
      mixed[to + i] = Math.round(((255 - (data[from + i] ?? 0)) * black) / 255);
  }
  return { data: mixed, width, height, channels: 3 };
}

/** What is not there is transparent. */
function withoutRows({ data, width, height, channels }: Pixels, share: number): Pixels {
  const all = Buffer.alloc(width * height * 4);
  const end = width * Math.round(height * share);
  for (let i = 0; i < end; i++) {
    data.copy(all, 4 * i, channels * i, channels * i + 3);
    all[4 * i + 3] = channels === 4 ? (data[4 * i + 3] ?? 255) : 255;
  }
  return { data: all, width, height, channels: 4 };
}

/** Turns upright; EXIF counts the ways from 1 to 8. */
async function turned(pixels: Pixels, orientation: number): Promise<Pixels> {
  const degrees = [0, 0, 0, 180, 180, 270, 90, 90, 270][orientation] ?? 0;
  // Mirrored along the row where the first side is told to be the right one, or stands on its head.
  const isMirrored = [2, 4, 5, 7].includes(orientation);
  const first = isMirrored ? await rawOf(sharpOf(pixels).flop()) : pixels;
  return degrees === 0 ? first : rawOf(sharpOf(first).rotate(degrees));
}
