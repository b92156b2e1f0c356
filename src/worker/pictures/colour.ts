/** How the numbers of a picture tell colours; sRGB is `{primaries: 1, transfer: 13}`. */
export interface Encoding {
  /** A code of ITU-T H.273, or x and y of red, green, blue and white. */
  readonly primaries: number | readonly number[];
  /** A code of ITU-T H.273, or an exponent below 0 for a plain power: -2.2. */
  readonly transfer: number;
  /** The brightest that is meant, in candela for a square metre. */
  readonly peak?: number;
}

/** What films and cameras mean by white, and by the brightest where they do not say. */
const WHITE = 203;
export const SDR_PEAK = 1000;

const D65 = [0.3127, 0.329];
const REC_709 = [0.64, 0.33, 0.3, 0.6, 0.15, 0.06, ...D65];
const REC_2020 = [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, ...D65];
const PRIMARIES: Readonly<Record<number, readonly number[]>> = {
  4: [0.67, 0.33, 0.21, 0.71, 0.14, 0.08, 0.31, 0.316],
  5: [0.64, 0.33, 0.29, 0.6, 0.15, 0.06, ...D65],
  6: [0.63, 0.34, 0.31, 0.595, 0.155, 0.07, ...D65],
  7: [0.63, 0.34, 0.31, 0.595, 0.155, 0.07, ...D65],
  8: [0.681, 0.319, 0.243, 0.692, 0.145, 0.049, 0.31, 0.316],
  9: REC_2020,
  11: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.314, 0.351],
  12: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, ...D65],
  22: [0.63, 0.34, 0.295, 0.605, 0.155, 0.077, ...D65],
};
const PQ = 16;
const HLG = 18;
/** These are shown as sRGB is. */
const AS_SRGB = new Set([1, 2, 6, 13, 14, 15]);

/** Whether anything is to be done: most pictures are sRGB, or as good as that. */
export function isSrgb({ primaries, transfer }: Encoding): boolean {
  return (
    typeof primaries === "number" && PRIMARIES[primaries] === undefined && AS_SRGB.has(transfer)
  );
}

/**
 * Makes sRGB of the pixels of a picture, as Chromium does: what is brighter than a screen's white is
 * brought down softly by the curve of SMPTE ST 2094-50 for reference white.
 *
 * @param pixels 16 bits a channel
 * @param channels 3, or 4 with alpha
 * @returns 8 bits a channel
 */
export function toSrgb(pixels: Uint16Array, channels: number, encoding: Encoding): Buffer {
  const { primaries, transfer, peak = SDR_PEAK } = encoding;
  const isHdr = transfer === PQ || transfer === HLG;
  const from = toXyz(typeof primaries === "number" ? (PRIMARIES[primaries] ?? REC_709) : primaries);
  const toWork = multiply(inverse(toXyz(isHdr ? REC_2020 : REC_709)), from);
  const toScreen = isHdr ? multiply(inverse(toXyz(REC_709)), toXyz(REC_2020)) : undefined;
  const linear = linearTable(transfer);
  const tone = toneCurve(transfer === HLG ? SDR_PEAK : peak);
  const out = Buffer.alloc(pixels.length);
  const rgb = [0, 0, 0];
  for (let at = 0; at < pixels.length; at += channels) {
    for (let i = 0; i < 3; i++) rgb[i] = linear[pixels[at + i] ?? 0] ?? 0;
    apply(toWork, rgb);
    if (isHdr) {
      if (transfer === HLG) scale(rgb, hlgGain(rgb));
      scale(rgb, tone(Math.max(...rgb)));
      if (toScreen) apply(toScreen, rgb);
    }
    for (let i = 0; i < 3; i++) out[at + i] = screen(rgb[i] ?? 0);
    if (channels === 4) out[at + 3] = (pixels[at + 3] ?? 0) >> 8;
  }
  return out;
}

/** Light for each of the numbers; 1 is a screen's white. */
function linearTable(transfer: number): Float64Array {
  const table = new Float64Array(65_536);
  for (let i = 0; i < table.length; i++) table[i] = linearOf(i / 65_535, transfer);
  return table;
}

function linearOf(value: number, transfer: number): number {
  if (transfer < 0) return value ** -transfer;
  switch (transfer) {
    case 4:
      return value ** 2.2;
    case 5:
      return value ** 2.8;
    case 8:
      return value;
    case PQ: {
      const power = value ** (1 / 78.84375);
      const light = Math.max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power);
      return (light ** (1 / 0.1593017578125) * 10_000) / WHITE;
    }
    case 17:
      return (value ** 2.6 * 52.37) / 48;
    case HLG: {
      const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
      return value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - c) / a) + b) / 12;
    }
    default:
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }
}

/** HLG tells how bright a scene is; a screen of 1000 candela shows it brighter where it is bright. */
function hlgGain([red = 0, green = 0, blue = 0]: readonly number[]): number {
  const brightness = 0.2627 * red + 0.678 * green + 0.0593 * blue;
  return (Math.max(brightness, 0) ** 0.2 * SDR_PEAK) / WHITE;
}

/**
 * What light is multiplied by, so that the brightest that is meant becomes white.
 *
 * @param peak the brightest that is meant
 */
function toneCurve(peak: number): (brightest: number) => number {
  const most = Math.max(peak / WHITE, 1);
  const white = 1 - 0.5 * Math.min(Math.log2(most) / Math.log2(SDR_PEAK / WHITE), 1);
  // A curve of Bezier's from (1, white) to (most, 1), whose middle keeps 65 % of the slope.
  const middle = [0.35 + 0.65 / white, 0.35 * white + 0.65] as const;
  const [a, b] = [1 - 2 * middle[0] + most, 2 * middle[0] - 2];
  const [c, d] = [white - 2 * middle[1] + 1, 2 * middle[1] - 2 * white];
  return (brightest) => {
    if (brightest <= 1) return white;
    if (brightest >= most) return 1 / brightest;
    const t = (2 * (brightest - 1)) / (b + Math.sqrt(b * b + 4 * a * (brightest - 1)));
    return (c * t * t + d * t + white) / brightest;
  };
}

function screen(light: number): number {
  if (light <= 0) return 0;
  if (light >= 1) return 255;
  return Math.round(
    255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055),
  );
}

type Matrix = readonly number[];

/** Rows of red, green and blue to CIE XYZ, with white at 1, seen by daylight (D65). */
function toXyz(xy: readonly number[]): Matrix {
  const [rx = 0, ry = 1, gx = 0, gy = 1, bx = 0, by = 1, wx = 0, wy = 1] = xy;
  const bare = [
    rx / ry,
    gx / gy,
    bx / by,
    1,
    1,
    1,
    ...[rx, gx, bx].map((x, i) => third(x, [ry, gy, by][i])),
  ];
  const white = [wx / wy, 1, third(wx, wy)];
  const sums = [...white];
  apply(inverse(bare), sums);
  const absolute = bare.map((value, i) => value * (sums[i % 3] ?? 0));
  return multiply(adapted(white), absolute);
}

const third = (x: number, y = 1) => (1 - x - y) / y;

/** Bradford's matrix for another white. */
const CONES = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];

function adapted(white: readonly number[]): Matrix {
  const [x = 0, y = 1] = D65;
  const [from, to] = [[...white], [x / y, 1, third(x, y)]];
  apply(CONES, from);
  apply(CONES, to);
  const gains = to.map((value, i) => value / (from[i] ?? 1));
  return multiply(
    inverse(CONES),
    CONES.map((value, i) => value * (gains[Math.floor(i / 3)] ?? 1)),
  );
}

function apply(matrix: Matrix, vector: number[]): void {
  const [x = 0, y = 0, z = 0] = vector;
  for (let i = 0; i < 3; i++) {
    vector[i] =
      (matrix[3 * i] ?? 0) * x + (matrix[3 * i + 1] ?? 0) * y + (matrix[3 * i + 2] ?? 0) * z;
  }
}

function scale(vector: number[], factor: number): void {
  for (let i = 0; i < 3; i++) vector[i] = (vector[i] ?? 0) * factor;
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return Array.from({ length: 9 }, (_, at) => {
    const [row, column] = [3 * Math.floor(at / 3), at % 3];
    return [0, 1, 2].reduce((sum, i) => sum + (a[row + i] ?? 0) * (b[3 * i + column] ?? 0), 0);
  });
}

function inverse(m: Matrix): Matrix {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const cofactors = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
  const determinant = a * (cofactors[0] ?? 0) + b * (cofactors[3] ?? 0) + c * (cofactors[6] ?? 0);
  return cofactors.map((value) => value / determinant);
}
