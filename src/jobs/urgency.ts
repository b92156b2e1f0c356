/** As BullMQ takes them; a smaller number is sooner. */
const MOST = 2 ** 21 - 1;
const WAIT_PER_BYTES = 100_000;
const MOST_SECONDS = 300;

/**
 * A priority that lets a small picture pass a large one, but not for ever: a picture waits as if it had
 * come a second later for each 100 kB, five minutes at the most. Who comes first is first among equals.
 *
 * @param now milliseconds since 1970
 */
export function priorityOf(bytes: number, now = Date.now()): number {
  const later = Math.min(Math.floor(bytes / WAIT_PER_BYTES), MOST_SECONDS);
  // The clock begins again every 24 days; what waits at that moment is passed once.
  return 1 + (Math.floor(now / 1000) % (MOST - MOST_SECONDS - 1)) + later;
}
