/** In bytes of UTF-8; a file system takes 255, and sizes and extensions are added. */
const MAX_BYTES = 200;

/** What a name may not hold: control and bidirectional characters, and what Windows forbids. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/g;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Makes a plain file name of what a user calls a file, safe to unpack on any system.
 *
 * @param name may hold folders, `..`, or characters that a system forbids
 * @returns `picture` where nothing is left
 */
export function safeName(name: string): string {
  // Through bytes and back: half a character pair is no text.
  const last = Buffer.from(name).toString().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  // Windows drops what it does not like at the end, and hides nothing at the beginning.
  const plain = last.replace(FORBIDDEN, "_").replace(/^[\s.]+|[\s.]+$/g, "");
  const { stem, extension } = splitName(plain);
  const short = shorten(stem, MAX_BYTES) + shorten(extension, 20);
  if (short === "") return "picture";
  return RESERVED.test(short) ? `_${short}` : short;
}

/** A name in two parts; the extension has its dot, and is empty where there is none. */
export function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf(".");
  if (dot <= 0) return { stem: name, extension: "" };
  return { stem: name.slice(0, dot), extension: name.slice(dot) };
}

/** The name, or one with a number where it is taken; upper and lower case count as equal. */
export function uniqueName(name: string, taken: Set<string>): string {
  const { stem, extension } = splitName(name);
  let unique = name;
  for (let number = 2; taken.has(unique.toLowerCase()); number++) {
    unique = `${stem}-${number}${extension}`;
  }
  taken.add(unique.toLowerCase());
  return unique;
}

function shorten(text: string, bytes: number): string {
  // Characters are taken apart only where that is needed: it takes a tenth of a millisecond.
  if (Buffer.byteLength(text) <= bytes) return text;
  let short = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (Buffer.byteLength(short + segment) > bytes) break;
    short += segment;
  }
  return short;
}
