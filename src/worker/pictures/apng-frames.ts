import sharp from "sharp";
import type { Apng, ApngFrame } from "./apng.js";
import { toSrgb } from "./colour.js";
import type { Mending, Pixels } from "./picture.js";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What each frame of an animated PNG shows, one after the other; each is drawn over the last. */
export async function* drawnFrames(
  { frames }: Apng,
  { width, height }: Size,
  mending: Mending | undefined,
): AsyncGenerator<Pixels> {
  const canvas = Buffer.alloc(width * height * 4);
  for (const [index, frame] of frames.entries()) {
    const before = frame.dispose === "previous" ? Buffer.from(canvas) : undefined;
    draw(canvas, width, frame, await pixelsOf(frame, mending));
    yield { data: Buffer.from(canvas), width, height, channels: 4 };
    // There is nothing to be put back before the first one.
    if (frame.dispose === "clear" || (before && index === 0)) clear(canvas, width, frame);
    else before?.copy(canvas);
  }
}

async function pixelsOf({ png }: ApngFrame, mending: Mending | undefined): Promise<Buffer> {
  const read = sharp(png, { failOn: "error", limitInputPixels: false });
  if (mending?.encoding === undefined) {
    return read.toColourspace("srgb").ensureAlpha().raw().toBuffer();
  }
  const data = await read.toColourspace("rgb16").ensureAlpha().raw({ depth: "ushort" }).toBuffer();
  const numbers = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  return toSrgb(numbers, 4, mending.encoding);
}

function draw(canvas: Buffer, stride: number, frame: ApngFrame, pixels: Buffer): void {
  const { left, top, width, height, isOver } = frame;
  for (let y = 0; y < height; y++) {
    const to = 4 * ((top + y) * stride + left);
    const row = pixels.subarray(4 * y * width, 4 * (y + 1) * width);
    if (isOver) drawOver(canvas.subarray(to, to + row.length), row);
    else row.copy(canvas, to);
  }
}

function drawOver(below: Buffer, above: Buffer): void {
  for (let at = 0; at < above.length; at += 4) {
    const alpha = (above[at + 3] ?? 0) / 255;
    const rest = ((below[at + 3] ?? 0) / 255) * (1 - alpha);
    const sum = alpha + rest;
    if (sum === 0) continue;
    for (let i = at; i < at + 3; i++) {
      below[i] = Math.round(((above[i] ?? 0) * alpha + (below[i] ?? 0) * rest) / sum);
    }
    below[at + 3] = Math.round(255 * sum);
  }
}

function clear(canvas: Buffer, stride: number, { left, top, width, height }: ApngFrame): void {
  for (let y = 0; y < height; y++) {
    const start = 4 * ((top + y) * stride + left);
    canvas.fill(0, start, start + 4 * width);
  }
}
