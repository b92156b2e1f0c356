import { UserError } from "guarded-processes/user-error";

/** A cell, or a module that it imports, that is no TypeScript. */
export class CompileError extends Error {
  override readonly name = "SyntaxError";
  constructor(
    message: string,
    readonly source: string,
    /** Where in the source, in UTF-16 units. */
    readonly offset: number,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** The user stopped the cell. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";
  constructor() {
    super("The cell was stopped.");
  }
}

/** A module that an import names was not found, or could not be loaded. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}

/** `prompt` or `confirm` in a front end that does not ask its user. */
export class NoInputError extends Error {
  override readonly name = "NoInputError";
  constructor() {
    super(
      "This front end does not pass on questions (allow_stdin is false): set the value in code.",
    );
  }
}

/** Options of `install` that cannot be: shown without a stack. */
export class InstallError extends UserError {
  override readonly name = "InstallError";
}

/** A request of the debugger that cannot be done; its message is the reply. */
export class DebugError extends Error {
  override readonly name = "DebugError";
}
