import { inspect, isDeepStrictEqual } from "node:util";
import type { Redis } from "ioredis";
import { connect } from "../connections.js";
import { clearKeys } from "../keys.js";
import { TimeoutError } from "../errors.js";
import { within } from "../waiting.js";
import { observing, Observer, type Interruption } from "./observer.js";
import { Run } from "./run.js";
import { listed, namesOf } from "./sent-commands.js";
import { tapConnections } from "./tap.js";
import { Unmet } from "./unmet.js";

/** How long one call of an answer may take, in milliseconds. */
const CALL_MS = 4000;
/** How many of an answer's commands another client comes before, at most. */
const MAX_INTERRUPTIONS = 8;

// Any function will do; each task says which arguments it is given.
type AnyAnswer = (...args: never[]) => unknown;

/** A race: another client acts between two commands of an answer, each pair in its turn. */
export interface Race<R> {
  /** Makes the keys ready, before each call. */
  readonly before: () => Promise<unknown>;
  /** What the other client does; what it sees goes to `after`. */
  readonly rival: (other: Redis) => Promise<R>;
  /** Looks at both, and throws Unmet (by `judge.that`, `run.gives`) when they are at odds. */
  readonly after: (run: Run, seen: R) => Promise<unknown> | void;
}

/** What the judging of an answer needs. */
export class Judge {
  private constructor(
    /** How keys begin that the learner does not know: they are deleted afterwards. */
    readonly prefix: string,
    /** A connection of the judge's own. */
    readonly redis: Redis,
    private readonly other: Redis,
  ) {}

  /** @param section as in the keys of the notebook: `2a` for `lab:2a:` */
  static async of(section: string): Promise<Judge> {
    tapConnections();
    const prefix = `lab:${section}:try:`;
    const [redis, other] = await Promise.all([connect("judge"), connect("another client")]);
    await clearKeys(prefix);
    return new Judge(prefix, redis, other);
  }

  async end(): Promise<void> {
    await clearKeys(this.prefix);
  }

  /** A key that the answer is told, and that is deleted afterwards. */
  key(name: string): string {
    return `${this.prefix}${name}`;
  }

  /** The two are the same. */
  same(got: unknown, expected: unknown, requirement: string): void {
    if (!isDeepStrictEqual(got, expected)) throw new Unmet(requirement, { expected, got });
  }

  /** It is so. */
  that(condition: boolean, requirement: string): void {
    if (!condition) throw new Unmet(requirement);
  }

  /**
   * Calls an answer.
   *
   * @throws {Unmet} when it throws, does not end, or forgets to await a promise
   */
  async call<A extends AnyAnswer>(name: string, answer: A, ...args: Parameters<A>): Promise<Run> {
    return this.#run(written(name, args), () => answer(...args));
  }

  /** Calls an answer that should throw, and gives the error. */
  async fails<A extends AnyAnswer>(
    name: string,
    answer: A,
    ...args: Parameters<A>
  ): Promise<unknown> {
    const nothing = Symbol("nothing");
    let thrown: unknown = nothing;
    const run = await this.#run(written(name, args), async () => {
      try {
        return await answer(...args);
      } catch (error) {
        thrown = error;
      }
    });
    if (thrown !== nothing) return thrown;
    throw new Unmet(`${run.call} should throw an error, but gave ${inspect(run.value)}.`);
  }

  /** Calls an answer once undisturbed, and then once for each of its commands, with a rival before it. */
  async race<A extends AnyAnswer, R>(
    { before, rival, after }: Race<R>,
    name: string,
    answer: A,
    ...args: Parameters<A>
  ): Promise<void> {
    const call = written(name, args);
    await before();
    const undisturbed = await this.#run(call, () => answer(...args));
    const count = Math.min(undisturbed.sent.length, MAX_INTERRUPTIONS);
    for (let at = 0; at < count; at++) {
      await before();
      let seen: R | undefined;
      let hasActed = false;
      const act = async () => {
        seen = await rival(this.other);
        hasActed = true;
      };
      const run = await this.#run(call, () => answer(...args), { before: at, act });
      if (!hasActed) continue;
      try {
        await after(run, seen as R);
      } catch (error) {
        if (!(error instanceof Unmet)) throw error;
        throw new Unmet(`${whenOf(run, at)}: ${error.requirement}`, error.comparison);
      }
    }
  }

  async #run(call: string, work: () => unknown, interruption?: Interruption): Promise<Run> {
    const observer = new Observer(interruption);
    const value = await within(
      observing.run(observer, async () => work()),
      CALL_MS,
      call,
    ).catch((error: unknown) => {
      if (error instanceof TimeoutError && error.what === call) {
        throw new Unmet(`${call} did not end within ${CALL_MS / 1000} seconds.`);
      }
      throw new Unmet(`${call} threw ${inspectError(error)}`);
    });
    const [forgotten] = observer.forgotten();
    if (forgotten !== undefined) {
      throw new Unmet(`${call} did not wait for ${forgotten}: write \`await\` before the call.`);
    }
    if (holdsPromise(value)) {
      throw new Unmet(`${call} gives promises, not their values: await each, or use Promise.all.`);
    }
    return new Run(call, value, observer.sent);
  }
}

function whenOf({ sent }: Run, at: number): string {
  const [before, next] = namesOf(sent.slice(Math.max(at - 1, 0), at + 1));
  return at === 0
    ? "Another client was first"
    : `Another client came between ${listed([before ?? "", next ?? ""])}`;
}

function written(name: string, args: readonly unknown[]): string {
  return `${name}(${args.map((arg) => inspect(arg, { breakLength: Infinity })).join(", ")})`;
}

function holdsPromise(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((part) => part instanceof Promise);
}

function inspectError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
}
