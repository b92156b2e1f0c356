import { setTimeout as sleep } from "node:timers/promises";
import { QueueAwayError } from "./errors.js";

/** How long Redis may take to answer, in milliseconds. */
const ANSWER_MS = 5000;

/**
 * A queue waits for its connection as long as it takes; a visitor does not.
 *
 * @throws {QueueAwayError} after 5 seconds, or with the client's error as its cause
 */
export async function soon<T>(reply: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const late = sleep(ANSWER_MS, undefined, { signal: answered.signal }).then(() => {
    throw new Error(`no answer within ${ANSWER_MS} ms`);
  });
  try {
    return await Promise.race([reply, late]);
  } catch (error) {
    throw new QueueAwayError({ cause: error });
  } finally {
    answered.abort();
  }
}
