export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** Stored in several rounds, all of which must be held in memory. */
  readonly isProgressive: boolean;
  /** Numbers for each pixel: 3 for full colours, 1.5 where those are stored at half the size. */
  readonly samples: number;
  readonly channels: number;
  /** Rows that are stored together. */
  readonly blockRows: number;
  /** As EXIF says, 1 to 8. */
  readonly orientation: number;
  readonly hasProfile: boolean;
}

/** Where a decoder finds the size: the start of a frame, but no table (DHT, JPG, DAC). */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Reads what stands before the pixels; undefined when that makes no sense. */
export function jpegHeader(bytes: Buffer): JpegHeader | undefined {
  let orientation = 1;
  let hasProfile = false;
  for (let at = 2; at + 9 < bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    // What does not belong there, padding, and markers that stand alone.
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0) at++;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      const size = bytes.readUInt16BE(at + 2);
      const segment = bytes.subarray(at + 4, at + 2 + size);
      if (isFrame(marker)) return frameOf(segment, marker, orientation, hasProfile);
      if (marker === 0xe1 && segment.toString("latin1", 0, 6) === "Exif\0\0") {
        orientation = exifOrientation(segment.subarray(6));
      }
      hasProfile ||= marker === 0xe2 && segment.toString("latin1", 0, 12) === "ICC_PROFILE\0";
      at += 2 + size;
    }
  }
  return undefined;
}

function frameOf(
  segment: Buffer,
  marker: number,
  orientation: number,
  hasProfile: boolean,
): JpegHeader | undefined {
  const channels = segment[5] ?? 0;
  if (segment.length < 6 + 3 * channels || channels === 0) return undefined;
  const factors = Array.from({ length: channels }, (_, i) => segment[7 + 3 * i] ?? 0x11);
  const [across, down] = [factors.map((one) => one >> 4), factors.map((one) => one & 15)];
  const [wide, high] = [Math.max(...across, 1), Math.max(...down, 1)];
  const sum = across.reduce((total, one, i) => total + one * (down[i] ?? 1), 0);
  return {
    height: segment.readUInt16BE(1),
    width: segment.readUInt16BE(3),
    isProgressive: [0xc2, 0xc6, 0xca, 0xce].includes(marker),
    samples: sum / (wide * high),
    channels,
    blockRows: 8 * high,
    orientation,
    hasProfile,
  };
}

/** The orientation in EXIF data, 1 to 8; 1 where there is none. */
export function exifOrientation(exif: Buffer): number {
  if (exif.length < 14) return 1;
  const isLittle = exif.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const first = isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
  if (first + 2 > exif.length) return 1;
  for (let i = 0, at = first + 2; i < short(first) && at + 12 <= exif.length; i++, at += 12) {
    const value = short(at) === 0x0112 ? short(at + 8) : 0;
    if (value >= 1 && value <= 8) return value;
  }
  return 1;
}
