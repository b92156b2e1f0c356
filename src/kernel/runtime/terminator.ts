import { KeyboardInterrupt } from "../errors.js";
import { SHARED } from "../link.js";
import { runningCell } from "./cell.js";
import type { Evaluator } from "./evaluator.js";
import { isKernelCode } from "./kernel-code.js";
import type { Outbox } from "./outbox.js";

/**
 * Ends what this thread runs; called by the protocol thread from within that, through the debugger. Only
 * here can be known that it is not the kernel's own code.
 *
 * Node counts the asynchronous contexts it enters and leaves; terminated code leaves none, and Node
 * would end the process over the difference: so the count is cleared.
 *
 * @param sequence of the interrupt; one that has been seen needs no force
 */
export function terminator(outbox: Outbox, evaluator: Evaluator, shared: Int32Array) {
  return (sequence: number): void => {
    if (isKernelCode() || Atomics.load(shared, SHARED.interruptSeen) >= sequence) return;
    clearContexts();
    evaluator.terminate(() => {
      clearContexts();
      outbox.unwind();
      const cell = runningCell();
      if (!cell) return;
      cell.terminated = true;
      cell.interrupt();
    });
  };
}

/** Has Node forget the contexts it is in, as it does after each uncaught exception; in Node 20 to 24. */
function clearContexts(): void {
  const name = "_fatalException";
  const { [name]: forget } = process as { [name]?: (error: unknown) => boolean };
  const isCaptured = process.hasUncaughtExceptionCaptureCallback();
  // Nobody is to hear of it.
  if (!isCaptured) process.setUncaughtExceptionCaptureCallback(() => {});
  forget?.(new KeyboardInterrupt());
  if (!isCaptured) process.setUncaughtExceptionCaptureCallback(null);
}
