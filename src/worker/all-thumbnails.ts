import type { PayloadOf, Progress, Size } from "redis-lab-jobs";
import { keepsAnimation } from "./animation.js";
import { Budget } from "./budget.js";
import { BadPictureError } from "./errors.js";
import { cutPicture } from "./pictures/cut.js";
import { damaged } from "./pictures/damage.js";
import { EXTENSIONS } from "./pictures/encode.js";
import { MAX_MEMORY } from "./pictures/limits.js";
import { openPicture } from "./pictures/open-picture.js";
import type { Picture } from "./pictures/picture.js";
import type { Scaled, Wish } from "./resizing.js";
import { memoryFor, openScale, ownFormat } from "./thumbnail.js";

/** Pictures are decoded at the same time while they take no more memory. */
const memory = new Budget(MAX_MEMORY);

type Wanted = Pick<
  PayloadOf<"make-thumbnails">,
  "sizes" | "fit" | "format" | "quality" | "animated"
>;

export interface Made extends Scaled {
  readonly box: Size;
  readonly extension: string;
}

interface Watch {
  readonly onProgress: (progress: Progress) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Makes a thumbnail for each size, in that order.
 *
 * @returns them, and what the user should know
 * @throws {BadPictureError} a reason for the user
 */
export async function allThumbnails(
  bytes: Buffer,
  wanted: Wanted,
  watch: Watch,
): Promise<{ made: readonly Made[]; notes: readonly string[] }> {
  const picture = await openPicture(bytes);
  try {
    return await scaleAll(picture, wanted, watch);
  } catch (error) {
    // Only what is broken can be mended; a thumbnail that is too large stays so.
    if (!(error instanceof BadPictureError) || error.cause === undefined) throw error;
    return scaleAll(await cutPicture(picture, error).catch(orDamaged), wanted, watch);
  }
}

function orDamaged(error: unknown): never {
  throw error instanceof BadPictureError ? error : damaged(error);
}

async function scaleAll(
  picture: Picture,
  { sizes, fit = "inside", format = "keep", quality, animated = false }: Wanted,
  { onProgress, signal }: Watch,
): Promise<{ made: Made[]; notes: readonly string[] }> {
  const kind = format === "keep" ? ownFormat(picture) : format;
  const asked: Wish = { fit, format: kind, quality, isAnimated: animated };
  const { keeps, note } = keepsAnimation(picture, sizes, asked);
  const wish = { ...asked, isAnimated: keeps };
  return memory.run(memoryFor(picture, sizes, fit), async () => {
    const scale = await openScale(picture, sizes, wish);
    const made: Made[] = [];
    for (const box of sizes) {
      signal.throwIfAborted();
      made.push({ ...(await scale(box)), box, extension: EXTENSIONS[kind] });
      // Of a single one the result tells enough.
      if (sizes.length > 1) await onProgress({ done: made.length, total: sizes.length });
    }
    return { made, notes: note === undefined ? picture.notes : [...picture.notes, note] };
  });
}
