import type { JobsOptions } from "bullmq";
import type { JobName } from "./contract.js";

export interface EnqueueOptions {
  /** Of the job, random unless given. One that is known already is not queued again. */
  readonly id?: string;
  /** Sooner the smaller it is, from 1 on; jobs without one go first. See `priorityOf`. */
  readonly priority?: number;
  /** Of what must not be done twice at a time: while such a job is not done, it is the one. */
  readonly sameAs?: string;
}

/** A job that was put into a queue. */
export interface JobHandle<N extends JobName = JobName> {
  readonly id: string;
  readonly name: N;
}

/** What BullMQ calls them. */
export function addingOptions(jobId: string, { priority, sameAs }: EnqueueOptions): JobsOptions {
  return {
    jobId,
    ...(priority !== undefined && { priority }),
    ...(sameAs !== undefined && { deduplication: { id: sameAs } }),
  };
}
