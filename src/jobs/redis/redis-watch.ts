import { RedisUnusableError } from "../errors.js";
import { checkRedis, type RedisFacts } from "./check-redis.js";
import { troubleOf, type RedisTrouble } from "./redis-trouble.js";
import type { RedisTarget } from "./redis-target.js";

/** Milliseconds between two checks of a Redis that is in trouble: the first, and the most. */
const FIRST_MS = 250;
const MOST_MS = 5000;
/** A check may see less than the work does: trouble is over when none is heard of for so long. */
const QUIET_MS = 1500;

export interface WatchOptions {
  /** Told once for each trouble; again when it turns into another kind. */
  readonly onTrouble?: (trouble: RedisTrouble) => void;
  /** Told once when it is over, with how long it lasted in milliseconds. */
  readonly onOver?: (milliseconds: number) => void;
}

/**
 * Knows whether Redis can be used. Whoever meets an error reports it here, and waits here until it is
 * over: so that a fault is told once, and is asked about by one connection, however many feel it.
 */
export class RedisWatch {
  /** What is the matter now. */
  trouble: RedisTrouble | undefined;
  #since = 0;
  #lastReport = 0;
  #delay = FIRST_MS;
  readonly #closing = new AbortController();
  #checking = Promise.resolve();
  /** Settles when work may be tried again. */
  #passable: Promise<void> = Promise.resolve();

  constructor(
    readonly target: RedisTarget,
    readonly prefix: string,
    private readonly options: WatchOptions = {},
  ) {}

  /**
   * Waits until Redis can be used for the first time.
   *
   * @throws {RedisUnusableError} for what only other settings can mend
   */
  async usable(): Promise<RedisFacts> {
    for (let delay = FIRST_MS; ; delay = Math.min(delay * 2, MOST_MS)) {
      const found = await checkRedis(this.target, this.prefix);
      this.#closing.signal.throwIfAborted();
      if ("facts" in found) {
        this.#over();
        return found.facts;
      }
      if (!found.trouble.mayPass) throw new RedisUnusableError(found.trouble);
      this.#tell(found.trouble);
      await this.#sleep(delay);
    }
  }

  /**
   * Looks once, and goes on looking where that makes sense: for who can start without Redis.
   *
   * @throws {RedisUnusableError} for what only other settings can mend
   */
  async firstLook(): Promise<RedisFacts | undefined> {
    const found = await checkRedis(this.target, this.prefix);
    if ("facts" in found) return found.facts;
    if (!found.trouble.mayPass) throw new RedisUnusableError(found.trouble);
    this.#tell(found.trouble);
    this.#checking = this.#untilOver();
    return undefined;
  }

  /**
   * Takes an error that Redis or its client gave.
   *
   * @returns whether it is about Redis as a whole: then it makes sense to wait and to try again
   */
  report(error: unknown): boolean {
    const trouble = troubleOf(error, this.target);
    if (trouble === undefined) return false;
    if (this.#closing.signal.aborted) return true;
    this.#lastReport = performance.now();
    const isNew = this.trouble === undefined;
    this.#tell(trouble);
    if (isNew) this.#checking = this.#untilOver();
    return true;
  }

  /** Waits until work may be tried again; at once when nothing is the matter, or on `close`. */
  async whenPassable(): Promise<void> {
    if (this.trouble !== undefined) await this.#passable;
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Ends the checks, and lets go of all that wait. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#checking;
  }

  async #untilOver(): Promise<void> {
    this.#delay = FIRST_MS;
    while (!this.#closing.signal.aborted) {
      let pass = () => {};
      this.#passable = new Promise((resolve) => (pass = resolve));
      await this.#untilChecked();
      const passedAt = performance.now();
      pass();
      await this.#sleep(QUIET_MS);
      if (this.#lastReport < passedAt) return this.#over();
      this.#delay = Math.min(this.#delay * 2, MOST_MS);
      await this.#sleep(this.#delay);
    }
  }

  async #untilChecked(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      await this.#sleep(this.#delay * (0.8 + 0.4 * Math.random()));
      const found = await checkRedis(this.target, this.prefix).catch(() => undefined);
      if (found !== undefined && "facts" in found) return;
      if (found !== undefined) this.#tell(found.trouble);
      this.#delay = Math.min(this.#delay * 2, MOST_MS);
    }
  }

  #tell(trouble: RedisTrouble): void {
    if (this.#closing.signal.aborted || this.trouble?.kind === trouble.kind) return;
    // While a server comes and goes, each connection tells another part of it.
    const isEcho = this.trouble !== undefined && trouble.kind === "away";
    if (isEcho) return;
    if (this.trouble === undefined) this.#since = performance.now();
    this.trouble = trouble;
    this.options.onTrouble?.(trouble);
  }

  #over(): void {
    if (this.trouble === undefined) return;
    this.trouble = undefined;
    if (this.#closing.signal.aborted) return;
    this.options.onOver?.(performance.now() - this.#since);
  }

  #sleep(milliseconds: number): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener("abort", end);
      if (signal.aborted) end();
    });
  }
}
