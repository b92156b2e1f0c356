/** A picture, or what is asked of it, cannot be worked on; another try would not help. */
export class BadPictureError extends Error {
  override readonly name = "BadPictureError";
}

/** An arithmetic job that has no result; another try would not help. */
export class ArithmeticError extends Error {
  override readonly name = "ArithmeticError";
}

/** The media folder could not be read or written; another try may help. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  constructor(
    /** What was tried, such as `The zip could not be written`. */
    readonly what: string,
    cause: unknown,
  ) {
    // The system's own message holds a path, which is not for the user.
    super(`${what} (${(cause as NodeJS.ErrnoException).code ?? "unknown reason"}).`, { cause });
  }
}

/** A name that no job has. */
export class UnknownJobNameError extends Error {
  override readonly name = "UnknownJobNameError";
  constructor(readonly job: string) {
    super(`This worker knows no job "${job}".`);
  }
}
