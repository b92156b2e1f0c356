import { BadPictureError } from "../errors.js";

/** What libvips says about a broken file is for a programmer. */
export const damaged = (cause?: unknown): BadPictureError =>
  new BadPictureError("The picture is damaged or not complete.", { cause });
