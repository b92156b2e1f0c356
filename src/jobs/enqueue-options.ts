import type { JobsOptions } from "bullmq";
import type { JobName } from "./contract.js";

export interface EnqueueOptions {
  /** Of the job, random unless given. One that is known already is not queued again. */
  readonly id?: string;
  /** Sooner the smaller it is, from 1 on; jobs without one go first. See `priorityOf`. */
  readonly priority?: number;
  /** Of what must not be done twice at a time: while such a job is not done, it is the one. */
  readonly sameAs?: string;
  /** The form that the job belongs to, as `openForm` gave it: its job waits for this one. */
  readonly form?: FormHandle;
}

/** A job that waits for others, as BullMQ names it. */
export interface FormHandle {
  readonly id: string;
  /** With its prefix. */
  readonly queue: string;
}

/** A job that was put into a queue. */
export interface JobHandle<N extends JobName = JobName> {
  readonly id: string;
  readonly name: N;
}

/** What BullMQ calls them. */
export function addingOptions(
  jobId: string,
  { priority, sameAs, form }: EnqueueOptions,
): JobsOptions {
  return {
    jobId,
    ...(priority !== undefined && { priority }),
    ...(sameAs !== undefined && { deduplication: { id: sameAs } }),
    // A form is done when all have ended, however each did.
    ...(form && { parent: { ...form }, ignoreDependencyOnFailure: true }),
  };
}
