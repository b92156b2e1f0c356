import { inspect, isDeepStrictEqual } from "node:util";
import { Redis, type ChainableCommander } from "ioredis";
import { connect } from "../connections.js";
import { clearKeys } from "../keys.js";
import { runAnswer, type RunOptions } from "./run-answer.js";
import type { Run } from "./run.js";
import { listed, namesOf } from "./sent-commands.js";
import { tapConnections } from "./tap.js";
import { Unmet } from "./unmet.js";

/** How many of an answer's commands another client comes before, at most. */
const MAX_INTERRUPTIONS = 8;

const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;
/** How often an answer that should wait is called, at most, until it is seen to. */
const MAX_ATTEMPTS = 5;

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

/** Something that happens while an answer waits. */
export interface Meanwhile {
  /** Makes the keys ready, before each call. */
  readonly before: () => Promise<unknown>;
  /** Adds what happens to a transaction. */
  readonly act: (chain: ChainableCommander) => ChainableCommander;
}

/** What the judging of an answer needs. */
export class Judge {
  /** How long one call of an answer may take, in milliseconds. */
  limitMs = 3000;
  /** The call that is looked at, as a learner would write it. */
  lastCall: string | undefined;
  /** Further numbered databases whose keys are deleted afterwards. */
  readonly databases: number[] = [];

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
    const [redis, other] = await Promise.all([connect("judge"), connect("another client")]);
    const judge = new Judge(`lab:${section}:try:`, redis, other);
    await clearKeys(judge.prefix);
    return judge;
  }

  async end(): Promise<void> {
    await clearKeys(this.prefix);
    for (const db of this.databases) await clearKeys(this.prefix, db);
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

  /**
   * Calls an answer that should wait, and acts while it does. One that was too quick, on a busy
   * machine, is called again.
   */
  async callAnd<A extends AnyAnswer>(
    { before, act }: Meanwhile,
    name: string,
    answer: A,
    ...args: Parameters<A>
  ): Promise<Run> {
    for (let attempt = 1; ; attempt++) {
      await before();
      let waited = false;
      const meanwhile = async (isWaiting: (clients: unknown) => boolean) => {
        // In one step, so that the answer waits at the very moment of the act, or not.
        const [clients] = (await act(this.redis.multi().client("LIST")).exec()) ?? [];
        waited = isWaiting(clients?.[1]);
      };
      const run = await this.#run(written(name, args), () => answer(...args), { meanwhile });
      if (waited || !run.blocks() || attempt === MAX_ATTEMPTS) return run;
    }
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
    const { sent } = await this.#run(call, () => answer(...args));
    for (let at = 0; at < Math.min(sent.length, MAX_INTERRUPTIONS); at++) {
      await before();
      const seen: R[] = [];
      const act = async () => void seen.push(await rival(this.other));
      const run = await this.#run(call, () => answer(...args), {
        interruption: { before: at, act },
      });
      // This time it may have sent less.
      if (seen.length === 0) continue;
      try {
        await after(run, seen[0] as R);
      } catch (error) {
        if (!(error instanceof Unmet)) throw error;
        throw new Unmet(`${whenOf(run, at)}: ${error.requirement}`, error.comparison);
      }
    }
  }

  #run(
    call: string,
    work: () => unknown,
    more: Pick<RunOptions, "interruption" | "meanwhile"> = {},
  ): Promise<Run> {
    this.lastCall = call;
    return runAnswer(work, { call, limitMs: this.limitMs, redis: this.redis, ...more });
  }
}

function whenOf({ sent }: Run, at: number): string {
  const [before, next] = namesOf(sent.slice(Math.max(at - 1, 0), at + 1));
  return at === 0
    ? "Another client was first"
    : `Another client came between ${listed([before ?? "", next ?? ""])}`;
}

function written(name: string, args: readonly unknown[]): string {
  return `${name}(${args.map(shown).join(", ")})`;
}

function shown(arg: unknown): string {
  if (typeof arg === "function") return "block";
  if (arg instanceof Redis) return "client";
  // A random id would differ from run to run.
  const text = inspect(arg, { breakLength: Infinity }).replace(UUID, "...");
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
