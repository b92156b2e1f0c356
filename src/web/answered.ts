import { withTimeout } from "guarded-processes/time-limit";
import { QueueAwayError } from "./errors.js";

/** How long Redis may take to answer, in milliseconds. */
const ANSWER_MS = 5000;

/**
 * A queue waits for its connection as long as it takes; a visitor does not.
 *
 * @throws {QueueAwayError} after 5 seconds, or with the client's error as its cause
 */
export async function answered<T>(reply: Promise<T>): Promise<T> {
  const late = () => new Error(`no answer within ${ANSWER_MS} ms`);
  try {
    return await withTimeout(reply, ANSWER_MS, late);
  } catch (error) {
    throw new QueueAwayError({ cause: error });
  }
}
