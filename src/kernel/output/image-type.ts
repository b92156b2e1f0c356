/** The first bytes of pictures. Source: the specifications of the formats. */
const SIGNATURES: readonly (readonly [type: string, offset: number, bytes: string])[] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF8"],
  ["image/webp", 8, "WEBP"],
  ["image/avif", 4, "ftypavif"],
  ["application/pdf", 0, "%PDF-"],
];

/** The MIME type of a picture by its first bytes; undefined for other data. */
export function imageType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16));
  const head = start.toString("latin1");
  return SIGNATURES.find(([, offset, signature]) => head.startsWith(signature, offset))?.[0];
}
