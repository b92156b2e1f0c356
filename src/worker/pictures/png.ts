import { crc32, deflateSync } from "node:zlib";
import type { Encoding } from "./colour.js";
import { exifOrientation } from "./jpeg.js";
import type { Pixels } from "./picture.js";

export interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** Where it begins in the file, with its length, and where it ends. */
  readonly start: number;
  readonly end: number;
}

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly channels: number;
  readonly hasPalette: boolean;
  readonly isGrey: boolean;
  readonly isInterlaced: boolean;
  readonly isAnimated: boolean;
  readonly orientation: number;
  /** Where it is not sRGB, and no ICC profile says so. */
  readonly encoding: Encoding | undefined;
}

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Some write it as a number for sRGB, which is no plain power. */
const SRGB_GAMMA = 45_455;

/** The chunks of a PNG, as far as they are whole. */
export function* chunksOf(bytes: Buffer): Generator<Chunk> {
  for (let start = SIGNATURE.length; start + 12 <= bytes.length;) {
    const end = start + 12 + bytes.readUInt32BE(start);
    if (end > bytes.length) return;
    const type = bytes.toString("latin1", start + 4, start + 8);
    yield { type, data: bytes.subarray(start + 8, end - 4), start, end };
    start = end;
  }
}

/** Reads what stands before the pixels; undefined when that makes no sense. */
export function pngHeader(bytes: Buffer): PngHeader | undefined {
  const found = new Map<string, Buffer>();
  for (const { type, data } of chunksOf(bytes)) {
    if (type === "IDAT") break;
    found.set(type, data);
  }
  const header = found.get("IHDR");
  if (header === undefined || header.length < 13) return undefined;
  const colourType = header[9] ?? 0;
  const channels = CHANNELS[colourType];
  if (channels === undefined) return undefined;
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    bitDepth: header[8] ?? 8,
    channels,
    hasPalette: colourType === 3,
    isGrey: colourType === 0 || colourType === 4,
    isInterlaced: header[12] === 1,
    isAnimated: found.has("acTL"),
    orientation: exifOrientation(found.get("eXIf") ?? Buffer.alloc(0)),
    encoding: encodingOf(found),
  };
}

/** What counts first comes first: cICP, an ICC profile, sRGB, gAMA with cHRM. */
function encodingOf(found: ReadonlyMap<string, Buffer>): Encoding | undefined {
  const [cicp, light] = [found.get("cICP"), found.get("cLLI") ?? found.get("cLLi")];
  if (cicp !== undefined && cicp.length >= 4) {
    const peak = light && light.length >= 4 ? light.readUInt32BE(0) / 10_000 : 0;
    const [primaries = 1, transfer = 13] = cicp;
    return { primaries, transfer, ...(peak > 0 && { peak }) };
  }
  if (found.has("iCCP") || found.has("sRGB")) return undefined;
  const [gama, chrm] = [found.get("gAMA"), found.get("cHRM")];
  const gamma = gama && gama.length >= 4 ? gama.readUInt32BE(0) : 0;
  const isSrgb = Math.abs(gamma - SRGB_GAMMA) < 500 || gamma === 0 || gamma > 1e7;
  const points = chrm && chrm.length >= 32 ? pointsOf(chrm) : 1;
  if (isSrgb && points === 1) return undefined;
  return { primaries: points, transfer: isSrgb ? 13 : -100_000 / gamma };
}

/** From white, red, green, blue to red, green, blue, white; 1 for sRGB's own. */
function pointsOf(chrm: Buffer): number | readonly number[] {
  const [wx = 0, wy = 0, ...rgb] = Array.from(
    { length: 8 },
    (_, i) => chrm.readUInt32BE(4 * i) / 1e5,
  );
  const points = [...rgb, wx, wy];
  const standard = [0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329];
  const isStandard = points.every((value, i) => Math.abs(value - (standard[i] ?? 0)) < 0.002);
  const isPossible = points.every((value, i) => i % 2 === 0 || value > 0.001);
  return isStandard || !isPossible ? 1 : points;
}

/** A PNG without all that is no pixel; undefined when its colours need more than those. */
export function withoutMetadata(bytes: Buffer): Buffer | undefined {
  const all = [...chunksOf(bytes)];
  if (all.some(({ type }) => type === "iCCP" || type === "cICP")) return undefined;
  const kept = all.filter(({ type }) => ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].includes(type));
  return pngOf(kept.map(({ type, data }) => [type, data] as const));
}

/** Pixels as a PNG with an ICC profile, for a decoder that reads it. */
export function withProfile({ data, width, height, channels }: Pixels, profile: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 4 ? 6 : 2], 8);
  const stride = width * channels;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++)
    data.copy(rows, y * (stride + 1) + 1, y * stride, (y + 1) * stride);
  return pngOf([
    ["IHDR", header],
    ["iCCP", Buffer.concat([Buffer.from("profile\0\0"), deflateSync(profile)])],
    ["IDAT", deflateSync(rows, { level: 1 })],
    ["IEND", Buffer.alloc(0)],
  ]);
}

/** A file of chunks. */
export function pngOf(chunks: readonly (readonly [type: string, data: Buffer])[]): Buffer {
  const parts = chunks.flatMap(([type, data]) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const name = Buffer.from(type, "latin1");
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(data, crc32(name)));
    return [length, name, data, sum];
  });
  return Buffer.concat([SIGNATURE, ...parts]);
}
