import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { root } from "../root.js";

/** A photo with smooth colours, edges and dark places. */
export const lake = (width = 320, height = 240): Sharp =>
  sharp(join(root, "notebooks", "pictures", "lake.jpg")).resize(width, height, { fit: "fill" });

/** Small files that sharp cannot write: made with libheif and libavif of a scaled lake.jpg. */
export const sample = (name: string): Promise<Buffer> =>
  readFile(join(root, "test", "worker", "samples", name));

/** Even colours in steps, light and dark, as HDR and wide gamut show them. */
export function steps(): Sharp {
  const [width, height] = [240, 160];
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [Math.floor((i % width) / 15), Math.floor(i / width / 20)];
    const light = (x + 0.5) / 16;
    const colours = [(y & 1) === 0 ? 1 : 0.3, (y & 2) === 0 ? 1 : 0.5, (y & 4) === 0 ? 1 : 0.2];
    for (const [channel, factor] of colours.entries())
      pixels[3 * i + channel] = 255 * light * factor;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Says in an AVIF of sharp's how its colours are to be read; what they are stays. */
export function withNclx(
  avif: Buffer,
  { primaries, transfer, isFull = true }: { primaries: number; transfer: number; isFull?: boolean },
): Buffer {
  const numbers = Buffer.from([0, primaries, 0, transfer, 0, 6, isFull ? 0x80 : 0]);
  const colour = Buffer.concat([words(19), Buffer.from("colrnclx"), numbers]);
  const properties = avif.indexOf("ipma") - 4;
  const links = avif.readUInt32BE(properties);
  const copy = Buffer.concat([
    avif.subarray(0, properties),
    colour,
    avif.subarray(properties, properties + links),
    // The fourth property belongs to the picture, too.
    Buffer.from([4]),
    avif.subarray(properties + links),
  ]);
  const count = copy.indexOf("ipma") + 4 + 4 + 4 + 2;
  copy[count] = (copy[count] ?? 0) + 1;
  for (const [box, more] of [
    ["ipco", 19],
    ["ipma", 1],
    ["iprp", 20],
    ["meta", 20],
  ] as const) {
    const at = copy.indexOf(box) - 4;
    copy.writeUInt32BE(copy.readUInt32BE(at) + more, at);
  }
  return moved(copy, 20);
}

/** Tells an AVIF of sharp's that its pixels have moved. */
export function moved(avif: Buffer, by: number): Buffer {
  const base = avif.indexOf("iloc") + 4 + 4 + 2 + 2 + 2 + 2;
  avif.writeUInt32BE(avif.readUInt32BE(base) + by, base);
  return avif;
}

/** Puts chunks behind the header of a PNG. */
export function withChunks(
  png: Buffer,
  ...chunks: (readonly [type: string, data: Buffer])[]
): Buffer {
  const parts = chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  });
  const header = 33;
  return Buffer.concat([png.subarray(0, header), ...parts, png.subarray(header)]);
}

export function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => buffer.writeUInt32BE(value, 4 * i));
  return buffer;
}

/** EXIF data with an orientation alone. */
export const exif = (orientation: number): Buffer =>
  Buffer.from(`4d4d002a0000000800010112000300000001000${orientation}000000000000`, "hex");
