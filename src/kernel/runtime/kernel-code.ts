let isKernels = false;

/** Tells whether what runs from here on is the kernel's own code, which is never terminated. */
export function kernelRuns(is: boolean): void {
  isKernels = is;
}

export function isKernelCode(): boolean {
  return isKernels;
}
