import type { PictureFormat } from "redis-lab-jobs";
import type { Sharp } from "sharp";

/** What thumbnails can be written as. */
export type OutputFormat = Exclude<PictureFormat, "heic">;

/** What a file of that format is called. */
export const EXTENSIONS: Readonly<Record<OutputFormat, string>> = {
  jpeg: "jpg",
  png: "png",
  webp: "webp",
  gif: "gif",
  avif: "avif",
};

export interface Encoding {
  readonly format: OutputFormat;
  /** 1 to 100, of the formats that lose something; else what is usual for each. */
  readonly quality: number | undefined;
  /** PNG only: the original has a table of colours. */
  readonly hasPalette: boolean;
}

/** Writes a picture in a format. */
export function encode(picture: Sharp, { format, quality, hasPalette }: Encoding): Sharp {
  const wished = quality === undefined ? {} : { quality };
  switch (format) {
    case "jpeg":
      // Colours at half the size would be seen: a thumbnail has few pixels.
      return picture.jpeg({ quality: 85, chromaSubsampling: "4:4:4", ...wished });
    case "png":
      // A thumbnail that has all colours may be larger than an original that has a table of them.
      return hasPalette
        ? picture.png({ palette: true, effort: 5 })
        : picture.png({ adaptiveFiltering: true });
    case "webp":
      return picture.webp({ quality: 85, smartSubsample: true, ...wished });
    case "gif":
      // Colours of its own: scaling makes some that the original lacks.
      return picture.gif({ reuse: false, effort: 3 });
    case "avif":
      // The standard effort takes a second for a picture of a few hundred pixels.
      return picture.avif({ effort: 2, quality: 70, ...wished });
  }
}
