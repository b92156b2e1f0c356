interface Display {
  raw(type: string, data: string): void;
}

/** What tslab, and the kernels that follow it, put into the global scope of a notebook. */
interface KernelGlobals {
  readonly __tslab__?: { require(name: string): { readonly display: Display } };
}

/**
 * Shows rich content in the cell that runs.
 *
 * @param type MIME type, such as text/html or image/svg+xml
 * @returns false outside a notebook, where nothing can be shown
 */
export function display(type: string, data: string): boolean {
  // The kernel's own copy of tslab is asked: another copy would not know the running cell.
  const kernel = (globalThis as KernelGlobals).__tslab__;
  if (kernel === undefined) return false;
  kernel.require("tslab").display.raw(type, data);
  return true;
}
