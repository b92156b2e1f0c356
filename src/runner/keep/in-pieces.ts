/** How much of a text is turned into bytes at a time, in characters. */
const PIECE = 1 << 18;

/** A text in pieces, for `writeFile`, which would else hold all of it a second time, as bytes. */
export function* inPieces(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = start + PIECE;
    // Two halves of a character must not be parted.
    const isHalf = /[\ud800-\udbff]/.test(text[end - 1] ?? "");
    yield text.slice(start, isHalf ? end + 1 : end);
    start = isHalf ? end + 1 : end;
  }
}
