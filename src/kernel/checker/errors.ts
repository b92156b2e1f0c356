/** TypeScript's program for this machine is not installed. */
export class MissingTypeScriptError extends Error {
  override readonly name = "MissingTypeScriptError";
  constructor(
    /** The npm package that holds the program. */
    readonly packageName: string,
    options?: ErrorOptions,
  ) {
    super(
      `TypeScript's native program is missing (${packageName}), so cells run unchecked. ` +
        "Install without --omit=optional: npm install typescript",
      options,
    );
  }
}

/** The type checker's process ended, or did not answer. Steers a restart; users see cells unchecked. */
export class TypeServerError extends Error {
  override readonly name = "TypeServerError";
}

/** A message from the type checker's process that is not one of its protocol. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}
