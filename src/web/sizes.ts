import { MAX_SIZES, type Size } from "redis-lab-jobs";
import { RefusedError } from "./errors.js";

/** What the course used. */
export const STANDARD_SIZE = "128x128";
/** What the form offers to tick. */
export const OFFERED_SIZES = ["64x64", STANDARD_SIZE, "256x256", "512x512"] as const;
const EDGE = String.raw`0*(?:[1-9]\d{0,3}|10000)`;
const SIZE = String.raw`${EDGE}\s*[x×X*]\s*${EDGE}`;
/** Also of the form's `<input pattern>`, so that a browser tells before anything is sent. */
export const SIZES_PATTERN = String.raw`\s*${SIZE}(?:[\s,;]+${SIZE})*[\s,;]*`;

/**
 * Reads boxes for thumbnails to fit into.
 *
 * @param texts such as `128x128`, or several in one: `64 × 64, 800x600`
 * @returns each box once; 128×128 when there is none
 * @throws {RefusedError} tells how a size is written
 */
export function readSizes(texts: readonly string[]): Size[] {
  const wanted = texts.filter((text) => text.trim() !== "");
  const sizes = new Map<string, Size>();
  for (const text of wanted.length > 0 ? wanted : [STANDARD_SIZE]) {
    if (!new RegExp(`^(?:${SIZES_PATTERN})$`).test(text)) throw refused();
    for (const [, width, height] of text.matchAll(/(\d+)\s*[x×X*]\s*(\d+)/g)) {
      const size = { width: Number(width), height: Number(height) };
      sizes.set(`${size.width}x${size.height}`, size);
    }
  }
  if (sizes.size > MAX_SIZES) {
    throw new RefusedError(400, `At most ${MAX_SIZES} sizes at a time, please.`, "sizes");
  }
  return [...sizes.values()];
}

function refused(): RefusedError {
  return new RefusedError(
    400,
    "A size is width and height in pixels, from 1 to 10000, such as 128x128. " +
      "Separate several with commas.",
    "sizes",
  );
}
