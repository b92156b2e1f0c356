import { AsyncLocalStorage } from "node:async_hooks";
import type { Redis } from "ioredis";
import { within } from "../waiting.js";

/** A command that an answer sent. */
export interface Sent {
  readonly name: string;
  readonly args: readonly (string | Buffer)[];
  readonly client: Redis;
  /** What Redis replied, as ioredis gives it. */
  reply?: unknown;
  /** When Redis replied with an error: its text. */
  error?: string;
}

/** Something the answer has to wait for. */
interface Promised {
  readonly what: string;
  isAwaited: boolean;
  isPending: boolean;
}

/** What another client does, and before which command of the answer, counted from 0. */
export interface Interruption {
  readonly before: number;
  readonly act: () => Promise<void>;
}

/** How long the command before an interruption may take, in milliseconds: it may be one that blocks. */
const SETTLE_MS = 150;

/** The observer of the code that runs now, if it is an answer. */
export const observing = new AsyncLocalStorage<Observer | undefined>();

/** Runs what the lab does by itself, which does not count as the answer's. */
export function unobserved<T>(work: () => T): T {
  return observing.run(undefined, work);
}

/** Sees what one run of an answer sends to Redis, and can let another client act in between. */
export class Observer {
  readonly sent: Sent[] = [];
  /** Set when the answer has ended or its time is up: what it sends afterwards is refused. */
  hasEnded = false;
  readonly #promised: Promised[] = [];
  #order: Promise<unknown> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly interruption?: Interruption) {}

  /**
   * Notes a command and sends it, in its turn.
   *
   * @param send gives it to the connection: by itself, not with the rest of its pipeline, where
   *   another client is to come in between
   */
  command(sent: Sent, reply: Promise<unknown>, send: (byItself: boolean) => void): void {
    const index = this.sent.push(sent) - 1;
    const before = this.#last;
    this.#last = reply.then(
      (value) => (sent.reply = value),
      (error: Error) => (sent.error = error.message),
    );
    if (this.interruption === undefined) return send(false);
    const { act, before: at } = this.interruption;
    if (index < at) return send(true);
    if (index === at) {
      this.#order = within(before, SETTLE_MS)
        .catch(() => {})
        .then(() => unobserved(act));
    }
    // What follows keeps its order.
    this.#order = this.#order?.then(() => send(true));
  }

  /**
   * Gives a promise that knows whether somebody waits for it.
   *
   * @param hasCallback when a callback hears of its end, so that nobody needs to await it
   */
  watch<T>(promise: Promise<T>, what: string, hasCallback: boolean): Promise<T> {
    const promised = { what, isAwaited: hasCallback, isPending: true };
    this.#promised.push(promised);
    return Watched.over(promise, promised);
  }

  /** Promises that the answer did not wait for, by what they are for. */
  forgotten(): string[] {
    return this.#promised
      .filter(({ isAwaited, isPending }) => !isAwaited || isPending)
      .map(({ what }) => what);
  }
}

/**
 * `await` takes a native promise without asking for its `then`, but asks a subclass: so a subclass
 * knows that it is awaited.
 */
class Watched<T> extends Promise<T> {
  #promised: Promised | undefined;

  static override get [Symbol.species]() {
    return Promise;
  }

  static over<T>(promise: Promise<T>, promised: Promised): Watched<T> {
    const watched = new Watched<T>((resolve, reject) => {
      const settled = () => (promised.isPending = false);
      promise.then(settled, settled);
      promise.then(resolve, reject);
    });
    // One that nobody awaits is told of as such, and not as an unhandled rejection as well.
    void super.prototype.then.call(watched, undefined, () => {});
    watched.#promised = promised;
    return watched;
  }

  // oxlint-disable-next-line unicorn/no-thenable
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (this.#promised) this.#promised.isAwaited = true;
    return super.then(onFulfilled, onRejected);
  }
}

/** Whether a connection is still saying who it is: no answer has asked for that. */
export function isGreeting(client: Redis, name: string): boolean {
  return client.status !== "ready" && /^(auth|client|hello|info|select)$/i.test(name);
}
