/** A number that a person would read as one; not a part of a name or a version. */
const NUMBER = /(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]*\w)/g;

/**
 * Whether two texts are the same but for numbers with a fraction that differ little, and for the blanks
 * that align them.
 *
 * @param tolerance how much they may differ, relative to the larger one; 0: not at all
 */
export function equalWithin(a: string, b: string, tolerance: number): boolean {
  if (tolerance === 0) return a === b;
  const shape = (text: string) => text.replace(NUMBER, "#").replace(/[^\S\n]+/g, " ");
  const [left, right] = [a.match(NUMBER) ?? [], b.match(NUMBER) ?? []];
  if (left.length !== right.length || shape(a) !== shape(b)) return false;
  return left.every((one, index) => areClose(one, right[index] ?? "", tolerance));
}

function areClose(a: string, b: string, tolerance: number): boolean {
  if (a === b) return true;
  if (!/[.e]/i.test(a + b)) return false;
  const [x, y] = [Number(a), Number(b)];
  return Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y));
}
