/** Texts from this size on are worth it, in characters. */
const LARGE = 1 << 20;

/**
 * Has what a large text was made from taken away at once, where Node was started with `--expose-gc`:
 * left to itself, V8 lets several copies of it pile up.
 */
export function freeMemoryAfter(characters: number): void {
  if (characters >= LARGE) globalThis.gc?.();
}
