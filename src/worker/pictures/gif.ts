interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
/** One transparent pixel: a further frame. */
const CLEAR_FRAME = Buffer.from("21f90401000000002c0000000001000100000202440100", "hex");

/**
 * Where the first frame is smaller than the picture, the rest is transparent in browsers. The decoder
 * makes it so only where some frame has a transparent colour: such a frame is added at the end.
 *
 * @returns the bytes to be read, and how many frames were added
 */
export function withClearGround(bytes: Buffer): { input: Buffer; added: number } {
  const { frame, isClear } = firstFrame(bytes);
  if (frame === undefined || isClear || covers(frame, bytes)) return { input: bytes, added: 0 };
  // What is cut has no trailer.
  const end = bytes.at(-1) === TRAILER ? -1 : undefined;
  const input = Buffer.concat([bytes.subarray(0, end), CLEAR_FRAME, Buffer.from([TRAILER])]);
  return { input, added: 1 };
}

function covers({ left, top, width, height }: Frame, bytes: Buffer): boolean {
  const [wide, high] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  return left === 0 && top === 0 && width >= wide && height >= high;
}

/** Where the first frame is, and whether it has a transparent colour. */
function firstFrame(bytes: Buffer): { frame?: Frame; isClear: boolean } {
  let isClear = false;
  let at = 13 + tableBytes(bytes[10]);
  while (at + 10 <= bytes.length) {
    if (bytes[at] === IMAGE) {
      const number = (offset: number) => bytes.readUInt16LE(at + offset);
      const place = { left: number(1), top: number(3), width: number(5), height: number(7) };
      return { isClear, frame: place };
    }
    if (bytes[at] !== EXTENSION) break;
    if (bytes[at + 1] === 0xf9) isClear = ((bytes[at + 3] ?? 0) & 1) !== 0;
    at += 2;
    // Blocks with their length before them, until an empty one.
    while (at < bytes.length && bytes[at] !== 0) at += (bytes[at] ?? 0) + 1;
    at++;
  }
  return { isClear };
}

/** A table of colours is there where the first bit says so; the last three tell its size. */
const tableBytes = (flags = 0) => ((flags & 0x80) !== 0 ? 3 * 2 ** ((flags & 7) + 1) : 0);
