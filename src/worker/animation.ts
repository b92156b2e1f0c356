import type { Size } from "redis-lab-jobs";
import sharp, { type Sharp } from "sharp";
import { drawnFrames } from "./pictures/apng-frames.js";
import { writeApng, type Apng } from "./pictures/apng.js";
import { type OutputFormat } from "./pictures/encode.js";
import { ENCODED_BYTES, MAX_MEMORY, MAX_PIXELS } from "./pictures/limits.js";
import type { Picture } from "./pictures/picture.js";
import { sharpOf } from "./pictures/pixels.js";
import { resizing, type Scale, type Scaled, type Wish } from "./resizing.js";

/** What an animation can be written as. */
const HAVE_FRAMES: ReadonlySet<OutputFormat> = new Set(["gif", "webp"]);

/** Whether thumbnails keep the animation; if they cannot although it was asked for, why. */
export function keepsAnimation(
  { frames, width, height, apng, format }: Picture,
  boxes: readonly Size[],
  wish: Wish,
): { readonly keeps: boolean; readonly note?: string } {
  if (!wish.isAnimated || (frames < 2 && format !== "avif")) return { keeps: false };
  const canBe = frames > 1 && (HAVE_FRAMES.has(wish.format) || (apng && wish.format === "png"));
  if (!canBe) {
    const note =
      "The thumbnails show the first picture only: GIF, WebP and PNG can be animated here.";
    return { keeps: false, ...(frames > 1 && { note }) };
  }
  const scaled = Math.max(...boxes.map((box) => box.width * box.height));
  const isTooMuch =
    frames * width * height > MAX_PIXELS ||
    frames * Math.min(scaled, width * height) * ENCODED_BYTES > MAX_MEMORY;
  if (!isTooMuch) return { keeps: true };
  return {
    keeps: false,
    note: "The animation is too large: the thumbnails show its first picture.",
  };
}

/** Draws an animated PNG once, and scales each frame to all boxes. */
export async function openApng(
  picture: Picture & { readonly apng: Apng },
  boxes: readonly Size[],
  wish: Wish,
): Promise<Scale> {
  const { apng, mending } = picture;
  const scaled = boxes.map((): { pngs: Buffer[]; size: Size } => ({
    pngs: [],
    size: { width: 0, height: 0 },
  }));
  for await (const frame of drawnFrames(apng, picture, mending)) {
    for (const [index, box] of boxes.entries()) {
      const still = sharpOf(frame).resize(resizing(box, wish)).png({ palette: false });
      const { data, info } = await still.toBuffer({ resolveWithObject: true });
      scaled[index]?.pngs.push(data);
      if (scaled[index]) scaled[index].size = { width: info.width, height: info.height };
    }
  }
  const delays = apng.frames.map(({ delay }) => delay);
  return async (box): Promise<Scaled> => {
    const { pngs = [], size } = scaled[boxes.indexOf(box)] ?? {};
    const bytes =
      wish.format === "png"
        ? writeApng(pngs, { delays, plays: apng.plays })
        : await joined(pngs, delays, apng.plays, wish).toBuffer();
    return { bytes, width: size?.width ?? 0, height: size?.height ?? 0 };
  };
}

function joined(pngs: Buffer[], delays: number[], loop: number, { format, quality }: Wish): Sharp {
  const animation = sharp(pngs, { join: { animated: true } });
  const delay = delays.map((one) => Math.round(one));
  const options = { delay, loop, ...(quality !== undefined && format === "webp" && { quality }) };
  return format === "gif" ? animation.gif(options) : animation.webp(options);
}
