import type { EventEmitter } from "node:events";
import { TimeoutError } from "./errors.js";

/**
 * Waits for a promise, but not for ever.
 *
 * @param milliseconds the limit
 * @param what what is waited for, as the error names it
 * @throws {TimeoutError} when the time is up; what the promise rejects with, when it does
 */
export function within<T>(promise: Promise<T>, milliseconds: number, what = "it"): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError(what, milliseconds)), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Waits for the next event of an emitter. Call it before what causes the event.
 *
 * @param milliseconds the limit; default 2000
 * @returns the event's arguments
 * @throws {TimeoutError} when the time is up
 */
export function nextEvent(
  emitter: Pick<EventEmitter, "on" | "off">,
  event: string,
  milliseconds = 2000,
): Promise<unknown[]> {
  let listener: (...args: unknown[]) => void = () => {};
  const happened = new Promise<unknown[]>((resolve) => {
    listener = (...args) => resolve(args);
    emitter.on(event, listener);
  });
  return within(happened, milliseconds, `the event "${event}"`).finally(() => {
    emitter.off(event, listener);
  });
}

/**
 * Waits until a condition holds, asking again and again.
 *
 * @param milliseconds the limit; default 2000
 * @param everyMs milliseconds between two questions; default 10
 * @throws {TimeoutError} when the time is up
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what = "the condition",
  milliseconds = 2000,
  everyMs = 10,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new TimeoutError(what, milliseconds);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
