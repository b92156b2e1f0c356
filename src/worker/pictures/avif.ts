import { SDR_PEAK, type Encoding } from "./colour.js";
import { boxesIn, mainProperties } from "./iso-boxes.js";
import type { Mending } from "./picture.js";

/** How an AVIF or HEIC says that its colours are to be read. */
export function nclxOf(bytes: Buffer): Mending & { readonly isFull: boolean } {
  let encoding: Encoding | undefined;
  let profile: Buffer | undefined;
  let isFull = true;
  let peak = SDR_PEAK;
  for (const { type, start, end } of mainProperties(bytes)) {
    const property = bytes.subarray(start, end);
    const kind = property.toString("latin1", 0, 4);
    if (type === "colr" && kind === "nclx" && property.length >= 11) {
      const matrix = property.readUInt16BE(8);
      // Browsers know these three ways to store colours not, and take them for sRGB.
      encoding = [12, 13, 14].includes(matrix)
        ? undefined
        : { primaries: property.readUInt16BE(4), transfer: property.readUInt16BE(6) };
      isFull = (property[10] ?? 0) >= 0x80;
    } else if (type === "colr" && /^(prof|rICC)$/.test(kind)) profile = property.subarray(4);
    else if (type === "clli" && property.length >= 2) peak = property.readUInt16BE(0) || peak;
  }
  // A profile counts more.
  if (profile !== undefined) return { profile, isFull };
  return { encoding: encoding && { ...encoding, peak }, isFull };
}

/** What is to be mended of an AVIF: its decoder reads ICC profiles, and nothing else of colours. */
export function avifMending(bytes: Buffer): Mending {
  const { encoding, isFull } = nclxOf(bytes);
  const config = mainProperties(bytes).find(({ type }) => type === "av1C");
  const isGrey = config !== undefined && ((bytes[config.start + 2] ?? 0) & 0x10) !== 0;
  return { encoding, isNarrowGrey: isGrey && !isFull };
}

/**
 * Names AVIF as the main brand, without which the decoder takes a file for no picture: that of an
 * animation, or one that says so late. Of an animation the still picture is shown then.
 */
export function withMainBrand(bytes: Buffer): Buffer {
  if (bytes.toString("latin1", 8, 12) === "avif") return bytes;
  const [type] = boxesIn(bytes, 0, bytes.length);
  if (type === undefined || type.end - type.start < 8) return bytes;
  const copy = Buffer.from(bytes);
  copy.write("avif", type.start, "latin1");
  return copy;
}
