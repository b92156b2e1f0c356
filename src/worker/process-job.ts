import {
  DelayedError,
  UnrecoverableError,
  WaitingChildrenError,
  WaitingError,
  type Job,
} from "bullmq";
import {
  checkPayload,
  checkResult,
  InvalidPayloadError,
  isJobName,
  StorageAwayError,
  type Storage,
} from "redis-lab-jobs";
import { divide, multiply } from "./arithmetic.js";
import { ArithmeticError, BadPictureError, StorageError, UnknownJobNameError } from "./errors.js";
import { CANCELLED } from "./listen-for-cancels.js";
import { gatherForm } from "./gather-form.js";
import { makeThumbnails } from "./make-thumbnails.js";

/** Another attempt at these would end as the first did. */
const FINAL = [ArithmeticError, BadPictureError, InvalidPayloadError, UnknownJobNameError];

const MAX_WAIT_MS = 5 * 60_000;

export interface Process {
  readonly storage: Storage;
  /** The shortest wait for storage that is full or away, in milliseconds; each next one doubles. */
  readonly storageRetryMs: number;
  /** Aborted when the worker must stop now: the job goes back to its queue. */
  readonly stopping: AbortSignal;
  /** Takes note when an error is that of a Redis that is away, or refuses. */
  readonly isRedisTrouble: (error: unknown) => boolean;
  /** The state of a picture's job. */
  readonly stateOf: (id: string) => Promise<string>;
  /** Told that a job waits for storage. */
  readonly onStorageAway: (error: StorageAwayError) => void;
  /** Told of what the user only hears that it failed. */
  readonly onUnexpected: (error: unknown, job: Job) => void;
}

/**
 * Does one job of the contract.
 *
 * @param lost aborted when another worker has taken the job over, or nobody wants it any more
 * @throws {UnrecoverableError} for what another attempt would not mend; the message is for the user
 * @throws {WaitingError | DelayedError | WaitingChildrenError} when the job was handed back
 */
export async function processJob(
  job: Job,
  token: string | undefined,
  lost: AbortSignal | undefined,
  process: Process,
): Promise<unknown> {
  const { stopping, onUnexpected } = process;
  const signal = lost === undefined ? stopping : AbortSignal.any([stopping, lost]);
  try {
    return await untilStopped(signal, work(job, token, process, signal));
  } catch (error) {
    // It is where it belongs.
    if (error instanceof WaitingChildrenError) throw error;
    if (stopping.aborted) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (lost?.reason === CANCELLED) throw new UnrecoverableError(CANCELLED);
    if (error instanceof StorageAwayError) {
      process.onStorageAway(error);
      // Not one of its attempts: the picture is kept, and the job waits as long as it takes.
      await job.moveToDelayed(Date.now() + waitFor(job, process.storageRetryMs), token);
      throw new DelayedError();
    }
    if (FINAL.some((type) => error instanceof type)) {
      throw new UnrecoverableError((error as Error).message);
    }
    if (error instanceof StorageError) throw error;
    onUnexpected(error, job);
    throw new Error("The worker failed in an unexpected way; its log says more.", {
      cause: error,
    });
  }
}

async function work(
  job: Job,
  token: string | undefined,
  { storage, stateOf, isRedisTrouble }: Process,
  signal: AbortSignal,
): Promise<unknown> {
  const { name } = job;
  if (!isJobName(name)) throw new UnknownJobNameError(name);
  switch (name) {
    case "multiply":
      return checkResult(name, multiply(checkPayload(name, job.data)));
    case "divide":
      return checkResult(name, divide(checkPayload(name, job.data)));
    case "gather-form": {
      const payload = checkPayload(name, job.data);
      return checkResult(name, await gatherForm(job, token, payload, stateOf));
    }
    case "make-thumbnails": {
      const result = await makeThumbnails(checkPayload(name, job.data), {
        id: job.id ?? "",
        storage,
        isRepeated: job.attemptsStarted > 1,
        // It only tells something: a Redis that refuses for a while is no reason to begin again.
        onProgress: (progress) =>
          job.updateProgress(progress).catch((error: unknown) => {
            if (!isRedisTrouble(error)) throw error;
          }),
        signal,
      });
      return checkResult(name, result);
    }
  }
}

/** Twice as long each time, and not all at once. */
function waitFor({ attemptsStarted, attemptsMade }: Job, firstMs: number): number {
  const times = Math.max(0, attemptsStarted - attemptsMade - 1);
  return Math.min(firstMs * 2 ** times, MAX_WAIT_MS) * (0.75 + Math.random() / 2);
}

/** sharp cannot be interrupted; what it still does then is not waited for. */
async function untilStopped<T>(stopping: AbortSignal, result: Promise<T>): Promise<T> {
  let onAbort = () => {};
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => reject(stopping.reason);
    stopping.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([result, stopped]);
  } finally {
    stopping.removeEventListener("abort", onAbort);
  }
}
