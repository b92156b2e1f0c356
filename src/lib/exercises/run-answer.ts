import { inspect } from "node:util";
import type { Redis } from "ioredis";
import { addressOfClient } from "../address.js";
import { TimeoutError } from "../errors.js";
import { until, within } from "../waiting.js";
import { observing, Observer, type Interruption } from "./observer.js";
import { Run } from "./run.js";
import { Unmet } from "./unmet.js";

export interface RunOptions {
  /** The call as a learner would write it. */
  readonly call: string;
  readonly limitMs: number;
  /** A connection that is not the answer's. */
  readonly redis: Redis;
  readonly interruption?: Interruption;
  /**
   * What happens once the answer waits in a command that blocks, or has ended.
   *
   * @param isWaiting tells from a reply to CLIENT LIST whether the answer waited then
   */
  readonly meanwhile?: (isWaiting: (clients: unknown) => boolean) => Promise<unknown>;
}

/**
 * Runs an answer and sees what it sends.
 *
 * @throws {Unmet} when it throws, does not end, or forgets to await a promise
 */
export async function runAnswer(work: () => unknown, options: RunOptions): Promise<Run> {
  const { call, limitMs, redis, interruption, meanwhile } = options;
  const observer = new Observer(interruption);
  let isOver = false;
  const value = observing.run(observer, async () => work()).finally(() => (isOver = true));
  // Whatever comes of it is looked at below, after what happens meanwhile.
  value.catch(() => {});
  if (meanwhile) {
    const isWaiting = (clients: unknown) => blocked(clients, observer).length > 0;
    const seen = async () => isOver || isWaiting(await redis.client("LIST"));
    await until(seen, call, limitMs).catch(() => {});
    await meanwhile(isWaiting);
  }
  const result = await within(value, limitMs, call).catch(async (error: unknown) => {
    observer.hasEnded = true;
    if (!(error instanceof TimeoutError && error.what === call)) {
      throw new Unmet(`${call} threw ${describeError(error)}`);
    }
    // Else the connection would wait forever, and with it the next cells.
    for (const id of blocked(await redis.client("LIST"), observer))
      await redis.client("UNBLOCK", id);
    throw new Unmet(`${call} did not end within ${limitMs / 1000} seconds.`);
  });
  const [forgotten] = observer.forgotten();
  observer.hasEnded = true;
  if (forgotten !== undefined) {
    throw new Unmet(`${call} did not wait for ${forgotten}: write \`await\` before the call.`);
  }
  if (holdsPromise(result)) {
    throw new Unmet(`${call} gives promises, not their values: await each, or use Promise.all.`);
  }
  return new Run(call, result, observer.sent);
}

/** The ids of the answer's connections that wait in a command that blocks. */
function blocked(clients: unknown, { sent }: Observer): string[] {
  const addresses = new Set(sent.map(({ client }) => addressOfClient(client)));
  return String(clients)
    .split("\n")
    .flatMap((line) => {
      const [, id = "", address = ""] = /^id=(\d+) addr=(\S+)/.exec(line) ?? [];
      return addresses.has(address) && / flags=[A-Za-z]*b/.test(line) ? [id] : [];
    });
}

function holdsPromise(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((part) => part instanceof Promise);
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
}
