import type { EventEmitter } from "node:events";
import { within } from "./waiting.js";

/**
 * Waits for the next events of an emitter. Call it before what causes them.
 *
 * @param count how many
 * @param milliseconds the limit for all of them; default 2000
 * @returns the arguments of each event, in their order
 * @throws {TimeoutError} when the time is up
 */
export function nextEvents(
  emitter: Pick<EventEmitter, "on" | "off">,
  event: string,
  count: number,
  milliseconds = 2000,
): Promise<unknown[][]> {
  let listener: (...args: unknown[]) => void = () => {};
  const happened = new Promise<unknown[][]>((resolve) => {
    const events: unknown[][] = [];
    listener = (...args) => {
      events.push(args);
      if (events.length === count) resolve([...events]);
    };
    emitter.on(event, listener);
  });
  return within(happened, milliseconds, `the event "${event}" ${count} times`).finally(() => {
    emitter.off(event, listener);
  });
}
