export type Format = "jpeg" | "png" | "webp" | "gif" | "avif";

/** What a file of that format is called. */
export const EXTENSIONS: Readonly<Record<Format, string>> = {
  jpeg: "jpg",
  png: "png",
  webp: "webp",
  gif: "gif",
  avif: "avif",
};

/**
 * Tells the format of a picture by its first bytes, whatever its name says.
 *
 * @returns undefined for everything but JPEG, PNG, WebP, GIF and AVIF
 */
export function formatOf(bytes: Buffer): Format | undefined {
  const text = (start: number, end: number) => bytes.toString("latin1", start, end);
  if (text(0, 3) === "\xff\xd8\xff") return "jpeg";
  if (text(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "webp";
  if (/^GIF8[79]a$/.test(text(0, 6))) return "gif";
  if (text(4, 8) === "ftyp" && brandsOf(bytes).some((brand) => /^avi[fs]$/.test(brand))) {
    return "avif";
  }
  return undefined;
}

/** The brands of an ISO media file: its own, and those that it is compatible with. */
function brandsOf(bytes: Buffer): string[] {
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 128);
  const brands = [];
  for (let start = 8; start + 4 <= end; start += 4) {
    // A version number stands between them.
    if (start !== 12) brands.push(bytes.toString("latin1", start, start + 4));
  }
  return brands;
}
