/** A box of an ISO media file, such as AVIF and HEIC are. */
export interface Box {
  readonly type: string;
  /** Where its content begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/** No picture's header has more; a forged one may. */
const MAX_BOXES = 5000;

/** The boxes that stand one after the other; what is cut or makes no sense ends the list. */
export function boxesIn(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < MAX_BOXES;) {
    let size = bytes.readUInt32BE(at);
    let head = 8;
    if (size === 1 && at + 16 <= to) {
      size = Number(bytes.readBigUInt64BE(at + 8));
      head = 16;
    }
    const end = size === 0 ? to : at + size;
    if (end < at + head || end > to) break;
    boxes.push({ type: bytes.toString("latin1", at + 4, at + 8), start: at + head, end });
    at = end;
  }
  return boxes;
}

/** The first box of a type within another, after some bytes of its own. */
function boxIn(bytes: Buffer, parent: Box | undefined, type: string, skip = 0): Box | undefined {
  if (parent === undefined) return undefined;
  return boxesIn(bytes, parent.start + skip, parent.end).find((box) => box.type === type);
}

/** The properties of the main picture, in the order in which the file lists them. */
export function mainProperties(bytes: Buffer): Box[] {
  const meta = boxesIn(bytes).find(({ type }) => type === "meta");
  const properties = boxIn(bytes, meta, "iprp", 4);
  const container = boxIn(bytes, properties, "ipco");
  if (meta === undefined || properties === undefined || container === undefined) return [];
  const all = boxesIn(bytes, container.start, container.end);
  const main = mainItem(bytes, meta);
  const indexes = new Set<number>();
  for (const { type, start, end } of boxesIn(bytes, properties.start, properties.end)) {
    if (type === "ipma") addIndexes(bytes.subarray(start, end), main, indexes);
  }
  return all.filter((_, i) => indexes.has(i + 1));
}

function mainItem(bytes: Buffer, meta: Box): number {
  const pitm = boxIn(bytes, meta, "pitm", 4);
  if (pitm === undefined || pitm.end - pitm.start < 6) return 0;
  const isLong = bytes[pitm.start] !== 0 && pitm.end - pitm.start >= 8;
  return isLong ? bytes.readUInt32BE(pitm.start + 4) : bytes.readUInt16BE(pitm.start + 4);
}

/** Reads which properties belong to an item; they count from 1. */
function addIndexes(ipma: Buffer, item: number, indexes: Set<number>): void {
  if (ipma.length < 8) return;
  const hasLongIds = ipma[0] !== 0;
  const hasLongIndexes = ((ipma[3] ?? 0) & 1) !== 0;
  const idBytes = hasLongIds ? 4 : 2;
  let at = 8;
  for (let entries = ipma.readUInt32BE(4); entries > 0 && at + idBytes < ipma.length; entries--) {
    const id = ipma.readUIntBE(at, idBytes);
    let count = ipma[at + idBytes] ?? 0;
    at += idBytes + 1;
    for (; count > 0 && at + 2 <= ipma.length + 1; count--) {
      const index = hasLongIndexes ? (ipma[at] ?? 0) * 256 + (ipma[at + 1] ?? 0) : (ipma[at] ?? 0);
      // The first bit says whether a reader must understand it.
      if (id === item) indexes.add(index & (hasLongIndexes ? 0x7fff : 0x7f));
      at += hasLongIndexes ? 2 : 1;
    }
  }
}
