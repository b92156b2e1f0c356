/** The multiplier of the hash. */
const M = 0x5bd1e995;

/**
 * The 32 bits of MurmurHash 2 of a text's UTF-8: by it front ends and kernels find, each on its own,
 * the same name for a cell's source.
 */
export function murmur2(text: string, seed: number): number {
  const bytes = Buffer.from(text, "utf8");
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), M);
    word = Math.imul(word ^ (word >>> 24), M);
    hash = Math.imul(hash, M) ^ word;
  }
  if (whole < bytes.length) {
    for (let at = whole; at < bytes.length; at++) {
      hash ^= (bytes[at] as number) << (8 * (at - whole));
    }
    hash = Math.imul(hash, M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return (hash ^ (hash >>> 15)) >>> 0;
}
