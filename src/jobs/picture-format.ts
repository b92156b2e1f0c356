/** What thumbnails are made of. */
export type PictureFormat = "jpeg" | "png" | "webp" | "gif" | "avif" | "heic";

/** As a person calls them, in the order in which they are offered. */
export const FORMAT_NAMES = "JPEG, PNG, WebP, GIF, AVIF or HEIC";

/** How many bytes of a file must be seen to tell what it is: some say late what they are. */
export const HEAD_BYTES = 1024;

/**
 * Tells the format of a picture by its first bytes, whatever its name says.
 *
 * @param bytes a file, or its first `HEAD_BYTES`
 * @returns undefined for what no thumbnail can be made of: see `foreignFormat`
 */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  const head = headOf(bytes);
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "webp";
  if (/^GIF8[79]a/.test(head)) return "gif";
  return isoFormat(head);
}

/* eslint-disable no-control-regex -- they are what such files begin with */
/** What else is sent as a picture: its name, and what stands where in its first bytes. */
const FOREIGN: readonly (readonly [name: string, sign: RegExp])[] = [
  ["a JPEG XL picture", /^(\xff\x0a|\0\0\0\x0cJXL )/],
  ["a Canon camera's raw picture", /^(II\*\0.{4}CR|.{4}ftypcrx )/s],
  ["a TIFF picture, or a camera's raw picture", /^(II[*+]\0|MM\0[*+]|IIRO|IIU\0|FUJIFILMCCD-RAW)/],
  ["a JPEG 2000 picture", /^(\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/],
  ["a BMP picture", /^BM.{8}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/s],
  ["a Windows icon", /^\0\0[\x01\x02]\0[^\0]\0/],
  ["a Photoshop file", /^8BPS/],
  ["an AVIF or HEIC picture with a short header (mini)", /^.{4}ftypmif3/s],
  ["a HEIF picture of a kind that is not known", /^.{4}ftyp(mif[12]|msf1)/s],
  ["a film", /^(.{4}ftyp|.{4}moov|\x1a\x45\xdf\xa3|RIFF.{4}AVI )/s],
  ["a PDF", /^%PDF/],
  [
    "an SVG drawing",
    /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>/]/s,
  ],
];
/* eslint-enable no-control-regex */

/**
 * Names what is known, but cannot be read here.
 *
 * @returns such as `a TIFF picture`; undefined when it is not known either
 */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  const head = headOf(bytes);
  return FOREIGN.find(([, sign]) => sign.test(head))?.[0];
}

/** As Latin-1 text, a character a byte. */
const headOf = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString(
    "latin1",
  );

const AVIF = /^avi[fs]$/;
const HEIC = /^he(ic|ix|im|is|vc|vx|vm|vs)$/;

/** A picture in the boxes of ISO media files, by the brands that it lists first. */
function isoFormat(head: string): "avif" | "heic" | undefined {
  if (head.slice(4, 8) !== "ftyp") return undefined;
  const [brand = "", , ...compatible] = brandsOf(head);
  // Neither browsers nor decoders read the short form of the header.
  if (brand === "mif3") return undefined;
  for (const one of [brand, ...compatible]) {
    if (AVIF.test(one)) return "avif";
    if (HEIC.test(one)) return "heic";
  }
  // Some programs name only the family.
  return /^m[is]f1$/.test(brand) && head.includes("hvc1") ? "heic" : undefined;
}

/** Four characters each: the main one, a version, and those that the file is compatible with. */
function brandsOf(head: string): string[] {
  const size = Buffer.from(head.slice(0, 4), "latin1").readUInt32BE();
  // A box of size 0 goes on to the end of the file.
  const brands = head.slice(8, size === 0 ? undefined : size);
  return brands.match(/.{4}/gs) ?? [];
}
