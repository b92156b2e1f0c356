import { UserError } from "guarded-processes/user-error";
import { QueueUnavailableError, troubleOf } from "redis-lab-jobs";

/** A field of the form. */
export type FormField = "image_file" | "sizes" | "fit" | "format" | "quality" | "animated";

/** A request that is not served, with a reason for its sender. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  constructor(
    /** HTTP status, 400 to 599. */
    readonly statusCode: number,
    /** Whole sentences: what is wrong, and what to do about it. */
    message: string,
    /** The form's field that it is about. */
    readonly field?: FormField,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Redis does not answer, or refuses; the server goes on, and so will the page when that is over. */
export class QueueAwayError extends RefusedError {
  /** @param options the cause tells what is the matter */
  constructor(options?: ErrorOptions) {
    const cause = options?.cause;
    const trouble =
      cause instanceof QueueUnavailableError ? cause.trouble : troubleOf(cause, { shown: "" });
    const brief = trouble?.brief ?? "Redis is away";
    const what = brief === "Redis is away" ? "does not answer" : "takes no work now";
    super(
      503,
      `The queue ${what}: ${brief}. Nothing is lost; try again in a moment.`,
      undefined,
      options,
    );
  }
}

/** The server cannot listen where it was told to. */
export class ListenError extends UserError {
  override readonly name = "ListenError";
  readonly isPortInUse: boolean;
  constructor(
    readonly host: string,
    readonly port: number,
    options: { readonly cause: NodeJS.ErrnoException },
  ) {
    super(reasonOf(host, port, options.cause), options);
    this.isPortInUse = options.cause.code === "EADDRINUSE";
  }
}

function reasonOf(host: string, port: number, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is in use by another program. Set PORT to another one, or to 0 for any.`;
    case "EACCES":
      return `Port ${port} needs special rights. Set PORT to one from 1024 to 65535.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST is ${host}, which is not an address of this machine. Leave it unset to use 127.0.0.1.`;
    default:
      return `Cannot listen at ${host}, port ${port}: ${message}`;
  }
}
