/** No Redis or Valkey server could be found; the message lists what to install. */
export class NoRedisError extends Error {
  override readonly name = "NoRedisError";
}

/** A server that this project started did not come up. */
export class ServerStartError extends Error {
  override readonly name = "ServerStartError";
  constructor(
    /** The program that was started. */
    readonly program: string,
    message: string,
    /** What the program had written until then. */
    readonly log: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
