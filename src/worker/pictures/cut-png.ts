import { constants, createInflate, deflateSync } from "node:zlib";
import { damaged } from "./damage.js";
import { MAX_MEMORY } from "./limits.js";
import { chunksOf, pngHeader, pngOf, type PngHeader } from "./png.js";

/** What the decoder needs besides the pixels. */
const KEPT = ["IHDR", "PLTE", "tRNS", "iCCP"];

/**
 * A whole PNG of what can be read of a broken one.
 *
 * @returns the file, and how many of its rows are there
 * @throws {BadPictureError} when none is
 */
export async function readableRows(
  bytes: Buffer,
  cause: unknown,
): Promise<{ input: Buffer; rows: number }> {
  const header = pngHeader(bytes);
  if (header === undefined) throw damaged(cause);
  const stride = bytesOfRow(header);
  const size = stride * header.height;
  if (header.isInterlaced || size * 2 > MAX_MEMORY) throw damaged(cause);
  const pixels = await inflated(packedPixels(bytes), size);
  const rows = Math.floor(pixels.length / stride);
  if (rows === 0) throw damaged(cause);
  const whole = Buffer.alloc(size);
  pixels.copy(whole, 0, 0, rows * stride);
  const kept = [...chunksOf(bytes)].filter(({ type }) => KEPT.includes(type));
  const input = pngOf([
    ...kept.map(({ type, data }) => [type, data] as const),
    ["IDAT", deflateSync(whole, { level: 1 })],
    ["IEND", Buffer.alloc(0)],
  ]);
  return { input, rows };
}

/** With the byte before each row that tells how it is packed. */
const bytesOfRow = ({ width, bitDepth, channels }: PngHeader) =>
  1 + Math.ceil((width * bitDepth * channels) / 8);

/** All IDAT chunks in one, that which is cut as well. */
function packedPixels(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let end = 0;
  for (const chunk of chunksOf(bytes)) {
    if (chunk.type === "IDAT") parts.push(chunk.data);
    end = chunk.end;
  }
  const start = end === 0 ? bytes.indexOf("IDAT") - 4 : end;
  if (bytes.toString("latin1", start + 4, start + 8) === "IDAT")
    parts.push(bytes.subarray(start + 8));
  return Buffer.concat(parts);
}

/** As much as can be unpacked, up to a size. */
async function inflated(packed: Buffer, size: number): Promise<Buffer> {
  const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
  const parts: Buffer[] = [];
  let length = 0;
  inflate.end(packed);
  try {
    for await (const part of inflate as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length >= size) break;
    }
  } catch {
    // What came before the fault counts.
  }
  return Buffer.concat(parts).subarray(0, size);
}
