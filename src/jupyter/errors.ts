/** A multipart message that does not follow the Jupyter wire protocol, or is not signed with our key. */
export class WireError extends Error {
  override readonly name = "WireError";
}

/** No kernelspec of the wanted name was found. */
export class UnknownKernelError extends Error {
  override readonly name = "UnknownKernelError";
  /** Marks an error that the user can mend: a program prints its message and ends with this. */
  readonly exitStatus = 2;
  constructor(
    readonly kernelName: string,
    /** The names of those that were found, sorted. */
    readonly known: readonly string[],
  ) {
    super(
      `No kernel named "${kernelName}" is installed. ` +
        (known.length > 0 ? `There are: ${known.join(", ")}. ` : "None was found. ") +
        "Install it, or add the folder that holds its kernels/ to JUPYTER_PATH.",
    );
  }
}
