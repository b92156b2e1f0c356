import { subscribe } from "node:diagnostics_channel";
import { Redis, type RedisOptions } from "ioredis";
import type { RedisTarget } from "redis-lab-jobs/redis";
import { lookForRestart, tellRestart } from "./restarts.js";

/**
 * A client that opens itself again when it is used after `closeAll()`: a learner may re-run a cell
 * in the middle of a notebook whose last cell has closed everything.
 */
export class LabRedis extends Redis {
  /** What went wrong last on the way to the server. */
  lastError: Error | undefined;
  /** Settles when the socket that is being closed is. */
  #dropping: Promise<void> | undefined;
  /** The calls that wait for their answers, in turn, and when each was sent. */
  readonly #waiting = new Map<SentCommand, number>();

  /** @param isLabs whether it leads to the lab's own Redis, whose restarts are told */
  constructor(
    readonly target: RedisTarget,
    options: Omit<RedisOptions, "replyMapping">,
    private readonly isLabs = false,
  ) {
    super(options);
    // Without a listener ioredis prints each failed attempt.
    this.on("error", (error: Error) => (this.lastError = error));
  }

  override sendCommand(...args: Parameters<Redis["sendCommand"]>) {
    // What is asked while the socket closes would fail with it.
    if (this.#dropping !== undefined) {
      void this.#dropping.then(() => this.sendCommand(...args));
      return args[0].promise;
    }
    // A failure to connect shows at the command itself.
    if (this.status === "end") this.connect().catch(() => {});
    const [command] = args;
    if (this.isLabs && this.status === "ready") tellRestart();
    // The client asks so, each time that it connects.
    if (this.isLabs && this.status !== "ready" && command.name === "info") {
      command.promise.then((info) => lookForRestart(this.target.shown, String(info)), unheard);
    }
    this.#waiting.set(command, performance.now());
    waitingClients.add(this);
    const answered = () => {
      this.#waiting.delete(command);
      if (this.#waiting.size === 0) waitingClients.delete(this);
    };
    command.promise.then(answered, answered);
    senders.set(command.promise, this);
    const before = this.condition?.select;
    const reply = super.sendCommand(...args);
    if (command.name === "select" && before !== undefined) {
      // ioredis selects the database it last asked for whenever it reconnects, also one refused.
      command.promise.catch(() => {
        if (this.condition !== null) this.condition.select = before;
      });
    }
    return reply;
  }

  /** Whether the call whose turn it is waits for what others do. */
  get isBlocked(): boolean {
    const [first] = this.#waiting.keys();
    return first !== undefined && isBlocking(first);
  }

  /** Whether a call waits that was sent at or after a time of `performance.now()`. */
  hasSentSince(time: number): boolean {
    return [...this.#waiting.values()].some((sent) => sent >= time);
  }

  /** Closes the socket: what waits for an answer fails. The next use opens it again. */
  async drop(): Promise<void> {
    if (this.status === "end") return;
    if (this.#dropping !== undefined) return this.#dropping;
    const dropping = new Promise<void>((resolve) => {
      this.once("end", () => {
        this.#dropping = undefined;
        resolve();
      });
    });
    this.#dropping = dropping;
    this.disconnect();
    await dropping;
  }
}

const unheard = (): void => {};

type SentCommand = Parameters<Redis["sendCommand"]>[0];

const BLOCKING = /^(b[lrz]|wait)/i;

function isBlocking({ name, args }: SentCommand): boolean {
  if (BLOCKING.test(name)) return true;
  return /^xread/i.test(name) && args.some((one) => /^block$/i.test(String(one)));
}

/** By the promises of their calls. */
const senders = new WeakMap<object, LabRedis>();
/** Those with calls that wait. */
const waitingClients = new Set<LabRedis>();

interface Interrupt {
  /** What the cell awaited. */
  readonly awaited: unknown;
  /** Whether it was cut short in the midst of its code. */
  readonly terminated?: boolean;
  /** When the cell began, of `performance.now()`. */
  readonly startedAt?: number;
}

/**
 * Our kernel tells here that a cell was stopped. What the cell waited for is given up; otherwise all
 * that follows would wait for what nobody waits for any more. Where its code was cut short, that may
 * have been within a call: nobody has its promise, and its connection may be in no good state.
 */
subscribe("typescript-kernel:interrupt", (message) => {
  const { awaited, terminated, startedAt = 0 } = message as Interrupt;
  const client = typeof awaited === "object" && awaited !== null ? senders.get(awaited) : undefined;
  if (client?.isBlocked === true) client.drop().catch(unheard);
  if (terminated !== true) return;
  for (const one of waitingClients) if (one.hasSentSince(startedAt)) one.drop().catch(unheard);
});
