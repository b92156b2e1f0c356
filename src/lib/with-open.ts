import { once } from "node:events";
import { within } from "./waiting.js";

/** How long something may take to close in good order, in milliseconds. */
const CLOSE_MS = 5000;
/** How long a connection may take to end, in milliseconds. */
const END_MS = 500;

/** What `withOpen` can close: a Worker, Queue, QueueEvents or FlowProducer, or an ioredis client. */
export interface Open {
  on(event: "error", listener: (error: Error) => void): unknown;
  listenerCount?(event: "error"): number;
  /** BullMQ's, which waits for jobs at work unless forced. */
  close?(force?: boolean): Promise<unknown>;
  /** Of ioredis. */
  disconnect?(): unknown;
  readonly status?: string;
}

/**
 * Runs a block while something is open, and closes it afterwards, also when the block fails: a cell
 * that is run again opens no second worker.
 *
 * @param open one Worker, QueueEvents, Redis ..., or several, which are closed from the last one on
 * @returns what the block returns
 */
export async function withOpen<T>(
  open: Open | readonly Open[],
  block: () => T | Promise<T>,
): Promise<T> {
  const all = [open].flat();
  // Where nobody listens, an error of the connection would be printed into some later cell.
  for (const one of all) if (!one.listenerCount?.("error")) one.on("error", () => {});
  try {
    return await block();
  } finally {
    for (const one of all.toReversed()) await close(one);
  }
}

/** Closes one in good order, but not for ever. */
export async function close(one: Open): Promise<void> {
  if (one.close === undefined) {
    if (one.disconnect === undefined || one.status === "end") return;
    // One that waits for its next attempt to connect ends without a word.
    const isBetweenAttempts = one.status === "reconnecting";
    const ended = once(one as never, "end");
    one.disconnect();
    if (!isBetweenAttempts) await within(ended, END_MS, "the end").catch(() => {});
    return;
  }
  // A job that never ends would keep its worker open for ever, and closing cannot be forced any more.
  await within(one.close(), CLOSE_MS, "the end of the jobs").catch(() => one.disconnect?.());
}
