import type { Worker } from "node:worker_threads";
import { SHARED } from "../link.js";
import type { Outbox } from "./outbox.js";

/** How long the end waits for what is on its way to the front ends, in milliseconds. */
const FLUSH_MS = 1000;

/**
 * Lets what cells printed arrive before the process ends, by whatever way it ends itself: a
 * shutdown, or `process.exit` in a cell.
 *
 * @returns ends the process, after its `exit` handlers
 */
export function endWith(
  worker: Worker,
  outbox: Outbox,
  shared: Int32Array,
): (code: number) => void {
  const exit = process.exit.bind(process);
  process.on("exit", (code) => {
    outbox.flush();
    outbox.send({ type: "exit", code });
    Atomics.wait(shared, SHARED.flushed, 0, FLUSH_MS);
  });
  // Without the protocol thread, nobody can reach the kernel.
  worker.on("error", () => exit(1));
  worker.on("exit", () => exit(1));
  return exit;
}
