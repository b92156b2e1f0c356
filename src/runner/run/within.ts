import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for a promise, but not for ever, and leaves no timer behind.
 *
 * @returns whether it was settled within the time
 */
export async function within(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  const settled = promise.then(
    () => true,
    () => true,
  );
  const late = sleep(milliseconds, false, { signal: timer.signal }).catch(() => false);
  const result = await Promise.race([settled, late]);
  timer.abort();
  return result;
}
