import { Worker, type Job, type RedisQueueBackend, type WorkerOptions } from "bullmq";
import type { Redis } from "ioredis";
import type { RedisWatch } from "redis-lab-jobs";

/** What asks for work: it is given up at once when the worker stops. */
const FETCHING = ["moveToActive", "waitForJob", "moveStalledJobsToWait"] as const;
/** What tells how work ended: it is tried as long as the worker may go on. */
const ENDING = ["moveToCompleted", "moveToFailed", "moveToDelayed", "retryJob"] as const;
/** Between two attempts, however soon Redis says that it is well. */
const PAUSE_MS = 100;

export interface Patience {
  readonly watch: RedisWatch;
  /** Aborted when the worker takes no more jobs. */
  readonly closing: AbortSignal;
}

/**
 * A worker that waits while Redis refuses. BullMQ's own asks again at once, thousands of times a second,
 * and takes a job whose end could not be told for one that failed.
 */
export class PatientWorker extends Worker {
  constructor(
    name: string,
    work: (job: Job, token?: string, signal?: AbortSignal) => Promise<unknown>,
    options: WorkerOptions,
    patience: Patience,
  ) {
    // It begins when its backend is patient.
    super(name, work, { ...options, autorun: false });
    makePatient(this.backend, patience, options.lockDuration ?? 30_000);
    this.run().catch((error: unknown) => this.emit("error", error as Error));
  }
}

type Method = (...args: unknown[]) => Promise<unknown>;

function makePatient(backend: RedisQueueBackend, patience: Patience, lockMs: number): void {
  const methods = backend as unknown as Record<string, Method>;
  const replace = (name: string, make: (method: Method) => Method) => {
    const method = methods[name];
    if (method === undefined) throw new TypeError(`BullMQ's backend has no ${name}`);
    methods[name] = make(method.bind(backend));
  };
  for (const name of FETCHING) {
    replace(name, (method) => (...args) => {
      let isAgain = false;
      const attempt = async () => {
        // A failover can leave the connection that blocks closed for good.
        if (isAgain && name === "waitForJob") await backend.reconnectBlocking();
        isAgain = true;
        return method(...args);
      };
      return patiently(attempt, patience, true);
    });
  }
  for (const name of ENDING) {
    replace(name, (method) => (...args) => {
      let isAgain = false;
      const attempt = async () => {
        if (isAgain) await keepLock(backend, args, lockMs);
        isAgain = true;
        return method(...args);
      };
      return patiently(attempt, patience, false);
    });
  }
}

async function patiently(
  attempt: () => Promise<unknown>,
  { watch, closing }: Patience,
  isFetching: boolean,
): Promise<unknown> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isTrouble = watch.report(error);
      if (!isTrouble || watch.isClosed || (isFetching && closing.aborted)) throw error;
      await untilAborted(watch.whenPassable(), isFetching ? closing : undefined);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

async function untilAborted(waiting: Promise<void>, signal: AbortSignal | undefined) {
  if (signal === undefined) return waiting;
  let onAbort = () => {};
  const aborted = new Promise<void>((resolve) => (onAbort = resolve));
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  await Promise.race([waiting, aborted]);
  signal.removeEventListener("abort", onAbort);
}

/**
 * While Redis refused, the job's lock ran out. Unless another worker has the job by now it is taken
 * again, so that the work need not be done a second time.
 */
async function keepLock(backend: RedisQueueBackend, args: unknown[], lockMs: number) {
  const [job] = args;
  const id = typeof job === "string" ? job : ((job as Job | undefined)?.id ?? "");
  // The token stands in another place in each call, and is the only text of this form.
  const token = args.find((arg) => typeof arg === "string" && /^[\da-f-]{36}:\d+$/.test(arg));
  if (id === "" || typeof token !== "string") return;
  // Its own type knows fewer options than the client takes.
  const client = (await backend.client) as unknown as Pick<Redis, "set">;
  await client.set(`${backend.toKey(id)}:lock`, token, "PX", lockMs, "NX");
}
