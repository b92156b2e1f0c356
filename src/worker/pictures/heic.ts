import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { BadPictureError } from "../errors.js";
import { mainProperties } from "./iso-boxes.js";
import { nclxOf } from "./avif.js";
import { damaged } from "./damage.js";
import { DECODED_BYTES, MAX_MEMORY } from "./limits.js";
import type { Mending, Pixels } from "./picture.js";

const MAX_SECONDS = 60;

export interface HeicHeader {
  readonly width: number;
  readonly height: number;
  readonly mending: Mending;
}

/** Reads the size, upright, and the colours; undefined when the file does not tell. */
export function heicHeader(bytes: Buffer): HeicHeader | undefined {
  const properties = mainProperties(bytes);
  const size = properties.find(({ type, start, end }) => type === "ispe" && end - start >= 12);
  if (size === undefined) return undefined;
  const edges = [bytes.readUInt32BE(size.start + 4), bytes.readUInt32BE(size.start + 8)];
  const turn = properties.find(({ type }) => type === "irot");
  // In quarters of a circle.
  if (turn !== undefined && ((bytes[turn.start] ?? 0) & 1) === 1) edges.reverse();
  const [width = 0, height = 0] = edges;
  return { width, height, mending: nclxOf(bytes) };
}

/**
 * Decodes a HEIC picture, upright.
 *
 * @throws {BadPictureError} when it is broken, or takes over a minute
 */
export async function decodeHeic(bytes: Buffer): Promise<Pixels> {
  const thread = new Worker(new URL("./heic-thread.cjs", import.meta.url), {
    workerData: { bytes, maxPixels: MAX_MEMORY / DECODED_BYTES.heic },
    // What the decoder prints is for those who work on it.
    stdout: true,
    stderr: true,
  });
  try {
    const signal = AbortSignal.timeout(MAX_SECONDS * 1000);
    const [{ data, width, height }] = (await once(thread, "message", { signal })) as [
      { data: Uint8ClampedArray; width: number; height: number },
    ];
    return { data: Buffer.from(data.buffer), width, height, channels: 4 };
  } catch (error) {
    if ((error as Error).name !== "AbortError") throw damaged(error);
    throw new BadPictureError(`The picture takes over ${MAX_SECONDS} s to read.`, { cause: error });
  } finally {
    await thread.terminate();
  }
}
