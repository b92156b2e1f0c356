import { UserError } from "guarded-processes/user-error";
import type { RedisTrouble } from "./redis/redis-trouble.js";

const REDIS_URL_FORMS =
  "redis://[user:password@]host[:port][/db], rediss:// for TLS, host:port, a socket's path, " +
  "redis+sentinel://host:port,host:port/NAME or, for a cluster, several nodes with commas between";

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

/** Redis did not take the job: it is away, or refuses. */
export class QueueUnavailableError extends Error {
  override readonly name = "QueueUnavailableError";
  constructor(
    /** Host and port, without user and password. */
    readonly address: string,
    /** What is the matter, and for a person who can change it, what to change. */
    readonly trouble: RedisTrouble,
    options?: ErrorOptions,
  ) {
    super(trouble.sentence, options);
  }
}

/** REDIS_URL, or another setting of Redis, can never work; the message says what to change. */
export class RedisUnusableError extends UserError {
  override readonly name = "RedisUnusableError";
  constructor(
    readonly trouble: RedisTrouble,
    options?: ErrorOptions,
  ) {
    super(trouble.sentence, options);
  }
}

/** REDIS_URL is of no form that is known. */
export class RedisUrlError extends UserError {
  override readonly name = "RedisUrlError";
  constructor(
    /** The URL without its password. */
    readonly url: string,
    readonly reason: string,
  ) {
    super(`REDIS_URL is "${url}", but ${reason}. It can be ${REDIS_URL_FORMS}.`);
  }
}

/** A path that does not stay in the media folder. */
export class MediaPathError extends Error {
  override readonly name = "MediaPathError";
  constructor(readonly path: string) {
    super(`${JSON.stringify(path)} is not a path inside the media folder.`);
  }
}

/** Storage is full, or cannot be reached; it may be over later. */
export class StorageAwayError extends Error {
  override readonly name = "StorageAwayError";
  constructor(
    /** Of the system or the service, such as ENOSPC. */
    readonly code: string,
    options?: ErrorOptions,
  ) {
    const isFull = /ENOSPC|EDQUOT|Full|Quota/.test(code);
    super(
      isFull ? `The storage has no room (${code}).` : `The storage is away (${code}).`,
      options,
    );
  }
}

/** A stored file is larger than what is read of one. */
export class StoredTooLargeError extends Error {
  override readonly name = "StoredTooLargeError";
  constructor(
    readonly file: string,
    readonly maxBytes: number,
  ) {
    super(`${file} is larger than ${maxBytes} bytes.`);
  }
}

/** Page and workers of one Redis keep their files in different places. */
export class OtherStorageError extends UserError {
  override readonly name = "OtherStorageError";
  constructor(
    readonly mediaRoot: string,
    readonly key: string,
  ) {
    super(
      `MEDIA_ROOT is ${mediaRoot}, but page and workers of this Redis keep their files elsewhere. ` +
        "Set MEDIA_ROOT to the folder or bucket that they share, or REDIS_PREFIX to another one. " +
        `If you have moved on purpose: redis-cli DEL ${key}`,
    );
  }
}

/** A setting in the environment that makes no sense. */
export class SettingError extends UserError {
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
export class NoRedisUrlError extends UserError {
  override readonly name = "NoRedisUrlError";
  constructor() {
    super(
      "No Redis is known. Start the lab with `npm start` first, or set REDIS_URL, " +
        "for example to redis://127.0.0.1:6379.",
    );
  }
}
