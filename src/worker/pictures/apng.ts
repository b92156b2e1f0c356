import { chunksOf, pngOf, type Chunk } from "./png.js";

/** A frame of an animated PNG, to be drawn onto those before it. */
export interface ApngFrame {
  /** A PNG of its own. */
  readonly png: Buffer;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Milliseconds that it is shown. */
  readonly delay: number;
  /** What is done before the next frame: nothing, its place made clear, or what was there put back. */
  readonly dispose: "none" | "clear" | "previous";
  /** Whether what was there shines through. */
  readonly isOver: boolean;
}

export interface Apng {
  readonly frames: readonly ApngFrame[];
  /** How often it is played; 0 for ever. */
  readonly plays: number;
}

/** What each frame's PNG needs besides its pixels. */
const SHARED = new Set(["PLTE", "tRNS", "iCCP"]);
const DISPOSE = ["none", "clear", "previous"] as const;

/** Reads an animated PNG; undefined when none of its frames is whole. */
export function readApng(bytes: Buffer): Apng | undefined {
  let header: Buffer | undefined;
  let plays = 0;
  const shared: Chunk[] = [];
  const frames: { control: Buffer; parts: Buffer[] }[] = [];
  for (const chunk of chunksOf(bytes)) {
    const { type, data } = chunk;
    if (type === "IHDR") header = data;
    else if (SHARED.has(type)) shared.push(chunk);
    else if (type === "acTL" && data.length >= 8) plays = data.readUInt32BE(4);
    else if (type === "fcTL" && data.length >= 26) frames.push({ control: data, parts: [] });
    // Pixels before the first frame are for programs that know no animation.
    else if (type === "IDAT") frames.at(-1)?.parts.push(data);
    else if (type === "fdAT") frames.at(-1)?.parts.push(data.subarray(4));
  }
  if (header === undefined || header.length < 13) return undefined;
  const [wide, high] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const whole = frames
    .filter(({ parts }) => parts.length > 0)
    .map(({ control, parts }) => frameOf(header, shared, control, parts))
    .filter(({ left, top, width, height }) => left + width <= wide && top + height <= high);
  return whole.length === 0 ? undefined : { frames: whole, plays };
}

function frameOf(header: Buffer, shared: Chunk[], control: Buffer, parts: Buffer[]): ApngFrame {
  const [width = 0, height = 0, left = 0, top = 0] = [4, 8, 12, 16].map((at) =>
    control.readUInt32BE(at),
  );
  const own = Buffer.from(header);
  own.writeUInt32BE(width, 0);
  own.writeUInt32BE(height, 4);
  const png = pngOf([
    ["IHDR", own],
    ...shared.map(({ type, data }) => [type, data] as const),
    ["IDAT", Buffer.concat(parts)],
    ["IEND", Buffer.alloc(0)],
  ]);
  const delay = (1000 * control.readUInt16BE(20)) / (control.readUInt16BE(22) || 100);
  const dispose = DISPOSE[control[24] ?? 0] ?? "none";
  return { png, left, top, width, height, delay, dispose, isOver: control[25] === 1 };
}

/**
 * Writes an animated PNG.
 *
 * @param frames PNGs of one size and one kind
 */
export function writeApng(
  frames: readonly Buffer[],
  { delays, plays }: { readonly delays: readonly number[]; readonly plays: number },
): Buffer {
  const chunks: [string, Buffer][] = [];
  let sequence = 0;
  for (const [index, png] of frames.entries()) {
    const own = [...chunksOf(png)];
    const header = own.find(({ type }) => type === "IHDR")?.data ?? Buffer.alloc(13);
    const pixels = Buffer.concat(own.filter(({ type }) => type === "IDAT").map(({ data }) => data));
    if (index === 0) chunks.push(["IHDR", header], ["acTL", numbers(frames.length, plays)]);
    chunks.push(["fcTL", controlOf(header, sequence++, delays[index] ?? 100)]);
    if (index === 0) chunks.push(["IDAT", pixels]);
    else chunks.push(["fdAT", Buffer.concat([numbers(sequence++), pixels])]);
  }
  return pngOf([...chunks, ["IEND", Buffer.alloc(0)]]);
}

/** A frame that covers all; it replaces what was there. */
function controlOf(header: Buffer, sequence: number, delay: number): Buffer {
  const shown = Buffer.alloc(6);
  shown.writeUInt16BE(Math.min(Math.round(delay), 65_535), 0);
  shown.writeUInt16BE(1000, 2);
  return Buffer.concat([numbers(sequence), header.subarray(0, 8), numbers(0, 0), shown]);
}

function numbers(...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => buffer.writeUInt32BE(value, 4 * i));
  return buffer;
}
