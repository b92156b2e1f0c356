import { SHARED } from "../link.js";
import type { Evaluator } from "./evaluator.js";
import type { Front } from "./front.js";

/** The parts of Node's own bindings that are used here; the same in Node 20 to 24. */
interface AsyncWrap {
  clearAsyncIdStack(): void;
}

let isKernels = false;

/** Tells whether what runs from here on is the kernel's own code, which is never terminated. */
export function kernelRuns(is: boolean): void {
  isKernels = is;
}

/**
 * Ends what the main thread runs; called by the front from within that, through the debugger. Only
 * here can be known that it is not the kernel's own code.
 *
 * Node counts the asynchronous contexts it enters and leaves; terminated code leaves none, and Node
 * would end the process over the difference: so the count is cleared.
 *
 * @param sequence of the interrupt; one that has been seen needs no force
 */
export function terminator(front: Front, evaluator: Evaluator, shared: Int32Array) {
  const clear = clearContexts();
  return (sequence: number): void => {
    if (isKernels || Atomics.load(shared, SHARED.interruptSeen) >= sequence) return;
    clear();
    evaluator.terminate(() => {
      clear();
      front.unwind();
    });
  };
}

function clearContexts(): () => void {
  try {
    const { binding } = process as unknown as { binding: (name: string) => AsyncWrap };
    const { noDeprecation = false } = process;
    process.noDeprecation = true;
    const wrap = binding("async_wrap");
    process.noDeprecation = noDeprecation;
    return () => wrap.clearAsyncIdStack();
  } catch {
    // A Node that keeps no such count.
    return () => {};
  }
}
