import { setTimeout as sleep } from "node:timers/promises";
import {
  QueueUnavailableError,
  StorageAwayError,
  type JobClient,
  type Storage,
} from "redis-lab-jobs";

const FIRST_MS = 500;
const MOST_MS = 30_000;

export interface Claim {
  /** Resolves with an error when page and workers turn out to keep their files in different places. */
  readonly failed: Promise<unknown>;
  /** Whether it is known that they keep them in one place. */
  readonly isDone: () => boolean;
}

/**
 * Makes sure that page and workers keep their files in one place; later, when Redis or storage is away.
 *
 * @param signal ends the attempts
 * @throws {SettingError | OtherStorageError} when it is known at once
 */
export async function claimStorage(
  client: JobClient,
  storage: Storage,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<Claim> {
  let isDone = false;
  let isTold = false;
  const attempt = async () => {
    try {
      await client.claimStorage(storage);
      isDone = true;
      return true;
    } catch (error) {
      const isStorage = error instanceof StorageAwayError;
      if (!isStorage && !(error instanceof QueueUnavailableError)) throw error;
      if (isStorage && !isTold) log(`${error.message} MEDIA_ROOT is ${storage.shown}.`);
      isTold ||= isStorage;
      return false;
    }
  };
  const goOn = async () => {
    let delay = FIRST_MS;
    while (!(await attempt())) {
      await sleep(delay, undefined, { signal, ref: false });
      delay = Math.min(delay * 2, MOST_MS);
    }
    return new Promise<never>(() => {});
  };
  await attempt();
  const failed = (isDone ? new Promise<never>(() => {}) : goOn()).catch((error: unknown) =>
    signal.aborted ? new Promise<never>(() => {}) : error,
  );
  return { failed, isDone: () => isDone };
}
