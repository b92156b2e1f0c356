import type { Fit, Size } from "redis-lab-jobs";
import sharp, { type ResizeOptions } from "sharp";
import type { OutputFormat } from "./pictures/encode.js";
import type { Picture } from "./pictures/picture.js";

/** How thumbnails are wanted. */
export interface Wish {
  /** `inside` the box; `cover` it, cut where least is to be seen; `contain`ed in it, with a margin. */
  readonly fit: Fit;
  readonly format: OutputFormat;
  readonly quality: number | undefined;
  /** Keep the pictures of an animation. */
  readonly isAnimated: boolean;
}

export interface Scaled {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Makes the thumbnail for one of the boxes. */
export type Scale = (box: Size) => Promise<Scaled>;

/** Never enlarges. */
export function resizing(
  { width, height }: Size,
  { fit, format, isAnimated }: Wish,
): ResizeOptions {
  const box = { width, height, fit, withoutEnlargement: true } as const;
  // Where attention goes is another place in each frame.
  const position = isAnimated ? "centre" : sharp.strategy.attention;
  if (fit === "cover") return { ...box, position };
  return { ...box, background: format === "jpeg" ? "white" : "transparent" };
}

/** How small a picture becomes: 1 at most. */
export function scaleTo(
  { width, height }: Pick<Picture, "width" | "height">,
  box: Size,
  fit: Fit,
): number {
  const edges = [box.width / width, box.height / height];
  return Math.min(1, fit === "cover" ? Math.max(...edges) : Math.min(...edges));
}
