import { FITS, OUTPUT_FORMATS, type Fit, type OutputFormat } from "redis-lab-jobs";
import { RefusedError, type FormField } from "./errors.js";

/** How thumbnails are to be made, besides their sizes; what is left out is usual. */
export interface Wish {
  readonly fit?: Fit;
  readonly format?: OutputFormat;
  readonly quality?: number;
  readonly animated?: boolean;
}

/** The fields of the form that tell it. */
export const WISH_FIELDS = ["fit", "format", "quality", "animated"] as const;
export type WishField = (typeof WISH_FIELDS)[number];

export const isWishField = (name: string): name is WishField =>
  (WISH_FIELDS as readonly string[]).includes(name);

/**
 * Reads a wish; a field that is empty counts as left out.
 *
 * @throws {RefusedError} names the field that is wrong, and what it takes
 */
export function readWish(fields: ReadonlyMap<WishField, string>): Wish {
  const text = (field: WishField) => fields.get(field)?.trim().toLowerCase() ?? "";
  const [fit, format, quality] = [text("fit"), text("format"), text("quality")];
  const isAnimated = /^(on|true|yes|1)$/.test(text("animated"));
  return {
    ...(fit !== "" && { fit: oneOf("fit", fit, FITS) }),
    ...(format !== "" && { format: oneOf("format", format, OUTPUT_FORMATS) }),
    ...(quality !== "" && { quality: percent(quality) }),
    ...(isAnimated && { animated: true }),
  };
}

function oneOf<T extends string>(field: FormField, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  throw new RefusedError(400, `The ${field} is one of ${known.join(", ")}.`, field);
}

function percent(text: string): number {
  const number = Number(text);
  if (/^\d{1,3}$/.test(text) && number >= 1 && number <= 100) return number;
  throw new RefusedError(400, "The quality is a whole number from 1 to 100.", "quality");
}
