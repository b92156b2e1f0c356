import type { PNG } from "pngjs";

/** Two pictures that differ, and where: each as base64 of a PNG. */
export interface PictureDifference {
  readonly expected: string;
  readonly actual: string;
  /** What is equal in grey, what differs in red; undefined when the sizes differ. */
  readonly diff?: string;
  /** In words. */
  readonly summary: string;
}

/** How much two colours may differ to count as the same, from 0 to 1. */
const THRESHOLD = 0.1;
/** The share of pixels that may differ: fonts are drawn a little differently on each system. */
const SHARE = 0.001;

/** By how much the sizes may differ, in pixels: what is cut off at an edge depends on the fonts. */
const MARGIN = 2;
/** The share of pixels that may differ where the sizes do: an edge is shifted by a part of a pixel. */
const SHIFTED_SHARE = 0.01;

/**
 * Compares two PNG pictures as an eye would: small differences of colour and smoothed edges do not
 * count.
 *
 * @param expected base64, with or without line ends
 * @returns undefined when they look the same
 */
export async function comparePictures(
  expected: string,
  actual: string,
): Promise<PictureDifference | undefined> {
  const [wanted, came] = [expected.replace(/\s/g, ""), actual.replace(/\s/g, "")];
  if (wanted === came) return undefined;
  // Loaded when needed: most notebooks have no picture that changed.
  const { PNG: png } = await import("pngjs");
  const [a, b] = [read(png, wanted), read(png, came)];
  const both = { expected: wanted, actual: came };
  if (a === undefined || b === undefined) {
    return { ...both, summary: "the pictures differ, and one of them is no readable PNG" };
  }
  if (Math.abs(a.width - b.width) > MARGIN || Math.abs(a.height - b.height) > MARGIN) {
    const summary = `the picture is ${size(b)} pixels, not ${size(a)}`;
    return { ...both, summary };
  }
  const { default: pixelmatch } = await import("pixelmatch");
  if (a.width !== b.width || a.height !== b.height) {
    const summary = `the picture is ${size(b)} pixels, not ${size(a)}, and shows something else`;
    return somewhereAlike(a, b, pixelmatch) ? undefined : { ...both, summary };
  }
  const diff = new png({ width: a.width, height: a.height });
  const options = { threshold: THRESHOLD };
  const count = pixelmatch(a.data, b.data, diff.data, a.width, a.height, options);
  const pixels = a.width * a.height;
  if (count <= pixels * SHARE) return undefined;
  const percent = ((100 * count) / pixels).toFixed(count < pixels / 100 ? 2 : 0);
  return {
    ...both,
    diff: png.sync.write(diff).toString("base64"),
    summary: `${count} of ${pixels} pixels differ (${percent} %)`,
  };
}

/** Whether the smaller picture looks like a part of the other, at one of the few places it can have. */
function somewhereAlike(
  a: PNG,
  b: PNG,
  differing: (a: Uint8Array, b: Uint8Array, diff: undefined, w: number, h: number) => number,
): boolean {
  const width = Math.min(a.width, b.width);
  const height = Math.min(a.height, b.height);
  const places = (picture: PNG) =>
    Array.from({ length: picture.width - width + 1 }, (_, x) =>
      Array.from({ length: picture.height - height + 1 }, (__, y) =>
        cut(picture, x, y, width, height),
      ),
    ).flat();
  const others = places(b);
  return places(a).some((one) =>
    others.some(
      (other) => differing(one, other, undefined, width, height) <= width * height * SHIFTED_SHARE,
    ),
  );
}

function cut(picture: PNG, left: number, top: number, width: number, height: number): Uint8Array {
  const rows = Array.from({ length: height }, (_, row) => {
    const start = ((top + row) * picture.width + left) * 4;
    return picture.data.subarray(start, start + width * 4);
  });
  return Buffer.concat(rows);
}

/** Width and height of a PNG, from its header; undefined when it is none. */
export function pngSize(base64: string): string | undefined {
  const header = Buffer.from(base64.slice(0, 64), "base64");
  if (header.length < 24 || header.toString("latin1", 1, 4) !== "PNG") return undefined;
  return `${header.readUInt32BE(16)}×${header.readUInt32BE(20)}`;
}

function read(png: typeof PNG, base64: string): PNG | undefined {
  try {
    return png.sync.read(Buffer.from(base64, "base64"));
  } catch {
    return undefined;
  }
}

function size({ width, height }: PNG): string {
  return `${width}×${height}`;
}
