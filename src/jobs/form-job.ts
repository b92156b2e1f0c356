import type { JobClient } from "./client.js";
import { checkPayload, type PayloadOf } from "./contract.js";
import type { FormHandle } from "./enqueue-options.js";

/** A form whose page has died while it was read is gathered so much later, in milliseconds. */
const OPEN_MS = 3_600_000;

export interface OpenedForm extends FormHandle {
  /** The tasks of the same form, which is not done yet. Then there is nothing to add or to close. */
  readonly known?: readonly string[];
}

/**
 * Puts the job of a form into its queue, which waits for the jobs of its pictures: a flow that grows,
 * so that pictures can be stored, and refused, one by one.
 *
 * @param id of the form's job
 * @param tasks ids that its pictures' jobs will have
 * @param sameAs of what must not be done twice at a time. BullMQ takes it for no job that has a parent,
 *   so that it is the form's.
 * @returns for the `form` of their `EnqueueOptions`; then `closeForm` lets it go
 */
export async function openForm(
  client: JobClient,
  id: string,
  tasks: readonly string[],
  sameAs: string | undefined,
): Promise<OpenedForm> {
  const queue = client.queue("forms");
  const payload = checkPayload("gather-form", { tasks: [...tasks] });
  const deduplication = sameAs === undefined ? {} : { deduplication: { id: sameAs } };
  const job = await queue.add("gather-form", payload, {
    jobId: id,
    delay: OPEN_MS,
    ...deduplication,
  });
  const form = { id: job.id ?? id, queue: queue.qualifiedName };
  if (form.id === id) return form;
  const { tasks: known = [] } = ((await queue.getJob(form.id))?.data ?? {}) as Partial<
    PayloadOf<"gather-form">
  >;
  const states = await Promise.all(known.map((one) => client.queue("thumbnails").getJobState(one)));
  const isWhole = known.length > 0 && !states.includes("unknown");
  // Done in this moment, or not all of it came into the queue: this one is another.
  return isWhole ? { ...form, known } : openForm(client, id, tasks, undefined);
}

/** Lets the job of a form wait for those of its pictures, all of which are in their queue. */
export async function closeForm(client: JobClient, id: string): Promise<void> {
  const job = await client.queue("forms").getJob(id);
  await job?.promote();
}
