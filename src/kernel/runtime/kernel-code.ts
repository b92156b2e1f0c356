let isKernelCodeRunning = false;

/** Tells whether what runs from here on is the kernel's own code, which is never terminated. */
export function kernelRuns(is: boolean): void {
  isKernelCodeRunning = is;
}

export function isKernelCode(): boolean {
  return isKernelCodeRunning;
}
