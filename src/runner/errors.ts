import { UserError } from "guarded-processes/user-error";

/** Wrong usage or input: shown without a stack, exit status 2. */
export class UsageError extends UserError {
  override readonly name: string = "UsageError";
}

/** A file that is not a notebook of format 4 or later. */
export class InvalidNotebookError extends UsageError {
  override readonly name = "InvalidNotebookError";
  readonly verdict = "invalid-notebook";
  constructor(
    readonly file: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: invalid notebook (invalid-notebook): ${reason}`, options);
  }
}

/** A notebook names no kernel, and none is known for its language. Users see `no-kernel`. */
export class NoKernelError extends UsageError {
  override readonly name = "NoKernelError";
  constructor(
    /** Empty when the notebook names none. */
    readonly language: string,
    /** The names of the kernels that there are. */
    readonly known: readonly string[],
  ) {
    const names = known.length > 0 ? `; there are: ${known.join(", ")}` : "";
    super(
      language === ""
        ? "The notebook names neither a kernel nor a language. --kernel NAME chooses one."
        : `The notebook names no kernel, and none for its language "${language}" is installed${names}. ` +
            "--kernel NAME chooses one.",
    );
  }
}

/** A rule of a notebook does not end on an output. Steers the comparison; users see a mismatch. */
export class SlowMaskError extends Error {
  override readonly name = "SlowMaskError";
  constructor(
    readonly rule: string,
    readonly seconds: number,
  ) {
    super(
      `The outputs cannot be compared: the rule "${rule}" in "masks" takes longer than ${seconds} s. ` +
        "Write its pattern without a repetition within a repetition.",
    );
  }
}

/** The kernel's process ended, or could not be started. Steers the run; users see `kernel-died`. */
export class KernelDiedError extends Error {
  override readonly name = "KernelDiedError";
  constructor(
    /** How it ended, in words. */
    readonly how: string,
    readonly log: string,
  ) {
    super(`The kernel ${how}.`);
  }
}

/** The kernel was not ready in time. Steers the run; users see `startup-timeout`. */
export class StartupTimeoutError extends Error {
  override readonly name = "StartupTimeoutError";
  constructor(
    readonly seconds: number,
    readonly log: string,
  ) {
    super(`The kernel was not ready within ${seconds} s; --startup-timeout sets the limit.`);
  }
}

/** A Jupyter server does not do what it was asked for. */
export class ServerError extends UsageError {
  override readonly name = "ServerError";
  constructor(
    readonly url: string,
    reason: string,
    /** HTTP status, when it answered. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(`The Jupyter server at ${url}: ${reason}.`, options);
  }
}
