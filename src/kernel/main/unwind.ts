/** The parts of Node's own bindings that are used here; the same in Node 20 to 24. */
interface AsyncWrap {
  clearAsyncIdStack(): void;
}

/**
 * Readies the main thread for the termination of what it runs, called from within that by the
 * inspector. Node counts the asynchronous contexts it enters and leaves; terminated code leaves
 * none, and Node would end the process over the difference.
 */
export const unwind = readied();

function readied(): () => void {
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
