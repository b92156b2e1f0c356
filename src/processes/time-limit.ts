import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for a promise, but not for ever, and leaves no timer behind.
 *
 * @returns whether it was settled within the time, in milliseconds
 */
export async function settlesWithin(
  promise: Promise<unknown>,
  milliseconds: number,
): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  const timer = new AbortController();
  const late = sleep(Math.min(milliseconds, LONGEST_MS), false, { signal: timer.signal }).catch(
    () => false,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    timer.abort();
  }
}

/**
 * The result of a promise, or an error when it takes too long.
 *
 * @param milliseconds the limit
 * @param late makes the error that is thrown after it
 */
export async function withTimeout<T>(
  promise: Promise<T>,
  milliseconds: number,
  late: () => Error,
): Promise<T> {
  if (!(await settlesWithin(promise, milliseconds))) throw late();
  return promise;
}

/** Node's timers end here, after 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * A signal that aborts after some time. In place of AbortSignal.timeout: inside AbortSignal.any, Node
 * 20 holds one weakly, so that a garbage collection takes the time limit away.
 */
export class TimeLimit {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  /** @param seconds Infinity: no limit */
  constructor(seconds: number) {
    if (seconds === Infinity) return;
    const milliseconds = Math.min(seconds * 1000, LONGEST_MS);
    this.#timer = setTimeout(() => this.#controller.abort(), milliseconds);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** To be called when the limit is of no more use: until then the process does not end. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
