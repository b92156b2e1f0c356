/** What is asked of a job is not what the contract says; it was not put into a queue. */
export class InvalidPayloadError extends Error {
  override readonly name = "InvalidPayloadError";
  constructor(
    readonly job: string,
    /** What is wrong, one reason each, such as `a: expected number, received NaN`. */
    readonly reasons: readonly string[],
    options?: ErrorOptions,
  ) {
    super(`${job}: ${reasons.join("; ")}`, options);
  }
}

/** A worker gave a result that is not what the contract says: it is of another version. */
export class InvalidResultError extends Error {
  override readonly name = "InvalidResultError";
  constructor(
    readonly job: string,
    readonly reasons: readonly string[],
    options?: ErrorOptions,
  ) {
    super(
      `${job}: the worker's result is not what was agreed (${reasons.join("; ")}). ` +
        "Restart the worker, so that it is of the same version.",
      options,
    );
  }
}

/** A job failed for good. The message is the worker's reason, fit to be shown to a user. */
export class JobFailedError extends Error {
  override readonly name = "JobFailedError";
  constructor(
    readonly job: string,
    readonly id: string,
    reason: string,
  ) {
    super(reason);
  }
}

/** The result of a job did not come in time; the job goes on. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
  constructor(
    readonly what: string,
    /** The limit in milliseconds. */
    readonly milliseconds: number,
    /** What may be wrong. */
    hint: string,
  ) {
    super(`${what} did not come within ${milliseconds} ms. ${hint}`);
  }
}

/** There is no job of that id: it never was, or it has expired. */
export class UnknownJobError extends Error {
  override readonly name = "UnknownJobError";
  constructor(readonly id: string) {
    super(`There is no job ${id}. Finished jobs are kept for a day only.`);
  }
}

/** Redis did not take the job. */
export class QueueUnavailableError extends Error {
  override readonly name = "QueueUnavailableError";
  constructor(
    /** Host and port, without user and password. */
    readonly address: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `Redis at ${address} does not answer (${reason}). ` +
        "Is it running there? REDIS_URL chooses another.",
      options,
    );
  }
}

/** A path that does not stay in the media folder. */
export class MediaPathError extends Error {
  override readonly name = "MediaPathError";
  constructor(readonly path: string) {
    super(`${JSON.stringify(path)} is not a path inside the media folder.`);
  }
}

/** A setting in the environment that makes no sense. */
export class SettingError extends Error {
  override readonly name = "SettingError";
  constructor(
    readonly variable: string,
    readonly value: string,
    wanted: string,
  ) {
    super(`${variable} is "${value}": set it to ${wanted}, or leave it out.`);
  }
}

/** REDIS_URL is not set, and no lab is running in this project. */
export class NoRedisUrlError extends Error {
  override readonly name = "NoRedisUrlError";
  constructor() {
    super(
      "No Redis is known. Start the lab with `npm start` first, or set REDIS_URL, " +
        "for example to redis://127.0.0.1:6379.",
    );
  }
}
