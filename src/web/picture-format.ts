/** How many bytes of a file must be seen to tell what it is. */
export const HEAD_BYTES = 32;

type Format = "JPEG" | "PNG" | "WebP" | "GIF" | "AVIF";

/** Of each format: what stands where in its first bytes, as Latin-1 text. */
const SIGNS: Record<Format, (head: string) => boolean> = {
  JPEG: (head) => head.startsWith("\xff\xd8\xff"),
  PNG: (head) => head.startsWith("\x89PNG\r\n\x1a\n"),
  WebP: (head) => head.startsWith("RIFF") && head.slice(8, 12) === "WEBP",
  GIF: (head) => /^GIF8[79]a/.test(head),
  // An ISO media file of the brand avif (a picture) or avis (several), or compatible with it.
  AVIF: (head) => head.slice(4, 8) === "ftyp" && /^(.{4})*avi[fs]/s.test(head.slice(8)),
};
const FORMATS = Object.keys(SIGNS) as Format[];

/**
 * Tells a picture's format from its content.
 *
 * @param head the first bytes of a file, `HEAD_BYTES` of them where it has as many
 * @returns undefined for anything but JPEG, PNG, WebP, GIF and AVIF
 */
export function pictureFormat(head: Uint8Array): Format | undefined {
  const text = Buffer.from(head.subarray(0, HEAD_BYTES)).toString("latin1");
  return FORMATS.find((format) => SIGNS[format](text));
}
