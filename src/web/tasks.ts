import { createHash } from "node:crypto";
import {
  closeForm,
  keepRefused,
  openForm,
  placeInQueue,
  priorityOf,
  refusedPicture,
  type FormHandle,
  type OpenedForm,
  type JobClient,
  type Storage,
  type TaskStatus,
} from "redis-lab-jobs";
import { keepTasks, mayUse, newTaskId, type Session } from "./access/session.js";
import { answered } from "./answered.js";
import type { RefusedError } from "./errors.js";
import { removePictures, type Picture, type Upload, type UploadOptions } from "./upload.js";

/** A picture's way through the queue, as far as it is known. */
export interface Task {
  readonly id: string;
  /** The picture's name; undefined when it is forgotten. */
  readonly name: string | undefined;
  /** Undefined when it is forgotten. */
  readonly status: TaskStatus | undefined;
  /** It is that of a form, which waits for those of its pictures. */
  readonly isForm?: boolean;
  /** It waits, and there is nobody to work on it. */
  readonly lacksWorker: boolean;
  /** Of one that waits: 1 for the next. */
  readonly place?: number | undefined;
}

/** A picture that was refused, or its task. */
export type Accepted =
  | { readonly name: string; readonly id: string }
  | {
      readonly name: string;
      readonly refused: NonNullable<Picture["refused"]>;
      /** Under which it is remembered, if it is. */
      readonly refusedId?: string;
    };

/** What became of a form. */
export interface AcceptedForm {
  readonly accepted: readonly Accepted[];
  /** Of the task that is done when all pictures are; none for a single picture. */
  readonly formId: string | undefined;
}

const QUEUE = "thumbnails";
/** How the error of a picture that no worker saw begins. */
export const REFUSED = "refused: ";
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export const isTaskId = (text: string): boolean => ID.test(text);

/**
 * Puts a job for each stored picture into the queue.
 *
 * @throws {QueueUnavailableError} when Redis does not answer; pictures without a job are removed
 */
export async function enqueueAll(
  client: JobClient,
  pictures: readonly Picture[],
  { sizes, wish }: Pick<Upload, "sizes" | "wish">,
  { session, ...options }: Pick<UploadOptions, "storage"> & { readonly session: Session },
): Promise<AcceptedForm> {
  const accepted: Accepted[] = [];
  const named = pictures.map((picture) => ({ ...picture, id: newTaskId(session) }));
  const opening = openFormOf(client, named, session, [sizes, wish]);
  const form = await opening.catch(async (error: unknown) => {
    await removePictures(pictures, options);
    throw error;
  });
  const known = form?.known?.values();
  for (const [index, { id, refused, file, digest = "", ...rest }] of named.entries()) {
    const { name } = rest;
    if (refused) accepted.push({ name, refused, ...(await kept(client, id, name, refused)) });
    if (file === undefined) continue;
    const isKnown = known?.next();
    if (isKnown?.value !== undefined) {
      await options.storage.remove(file);
      accepted.push({ name, id: isKnown.value });
      continue;
    }
    try {
      const picture = { ...rest, file, digest };
      const place = { ...options, session, ...(form && { form }) };
      accepted.push({ name, id: await enqueueOne(client, id, picture, { sizes, wish }, place) });
    } catch (error) {
      await removePictures(pictures.slice(index + 1), options);
      throw error;
    }
  }
  // Otherwise it goes on by itself, later.
  if (form && !known) await answered(closeForm(client, form.id)).catch(() => {});
  const ids = accepted.flatMap((one) => ("id" in one ? one.id : (one.refusedId ?? [])));
  // A list that lacks some is no reason to refuse them.
  await keepTasks(client, session, ids).catch(() => {});
  return { accepted, formId: form?.id };
}

/** Of a form with several pictures: one by itself needs nobody who waits for it. */
async function openFormOf(
  client: JobClient,
  pictures: readonly (Picture & { readonly id: string })[],
  session: Session,
  asked: readonly unknown[],
): Promise<OpenedForm | undefined> {
  const stored = pictures.filter(({ file }) => file !== undefined);
  if (stored.length < 2) return undefined;
  const what = stored.map(({ name, digest }) => [name, digest]);
  const sameAs = session && digestOf(session, what, ...asked);
  const ids = stored.map(({ id }) => id);
  return answered(openForm(client, newTaskId(session), ids, sameAs));
}

interface EnqueuePlace {
  readonly storage: Storage;
  readonly session: Session;
  readonly form?: FormHandle;
}

export type StoredPicture = Required<Pick<Picture, "name" | "file" | "bytes" | "digest">>;

/**
 * Puts a job for a stored picture into the queue; the small ones come first, and one that the same
 * session has there already is not done again.
 *
 * @returns its id, or that of the same one
 * @throws {QueueUnavailableError} when Redis does not answer; the picture is removed
 */
export async function enqueueOne(
  client: JobClient,
  id: string,
  { name, file, bytes, digest }: StoredPicture,
  { sizes, wish }: Pick<Upload, "sizes" | "wish">,
  { storage, session, form }: EnqueuePlace,
): Promise<string> {
  const payload = { file, name, sizes: [...sizes], ...wish };
  // Only a user's own: what another has sent is not told.
  const sameAs = form ? undefined : session && digestOf(session, name, digest, sizes, wish);
  try {
    const options = {
      id,
      priority: priorityOf(bytes),
      ...(sameAs && { sameAs }),
      ...(form && { form }),
    };
    const job = await client.enqueue("make-thumbnails", payload, options);
    // The same picture waits already, or is at work: a form was sent twice.
    if (job.id !== id) await storage.remove(file);
    return job.id;
  } catch (error) {
    await storage.remove(file);
    throw error;
  }
}

/**
 * Tells how a task is doing; another session's is as one that is not known.
 *
 * @throws {QueueUnavailableError | QueueAwayError} when Redis does not answer
 */
export async function readTask(client: JobClient, id: string, session: Session): Promise<Task> {
  const unknown = { id, name: undefined, status: undefined, lacksWorker: false };
  if (!isTaskId(id) || !mayUse(session, id)) return unknown;
  const status = await answered(client.status(id));
  if (status === undefined) return (await refusedTask(client, id)) ?? unknown;
  const isWaiting = status.task_status === "PENDING";
  const name = await pictureName(client, id);
  return {
    id,
    status,
    name,
    isForm: name === undefined && (await answered(client.queue("forms").getJob(id))) !== undefined,
    lacksWorker: isWaiting && (await hasNoWorker(client)),
    place: isWaiting ? await answered(placeInQueue(client, id)) : undefined,
  };
}

/** A picture that never became a job, told like one that failed. */
async function refusedTask(client: JobClient, id: string): Promise<Task | undefined> {
  const picture = await answered(refusedPicture(client, id));
  if (picture === undefined) return undefined;
  const error = REFUSED + picture.reason;
  const status = {
    task_id: id,
    task_status: "FAILURE",
    progress: null,
    results: null,
    error,
  } as const;
  return { id, name: picture.name, status, lacksWorker: false };
}

/** That it was refused is told in any case; that it stays in the list is not worth an error. */
async function kept(client: JobClient, id: string, name: string, { message }: RefusedError) {
  const picture = { name, reason: message };
  const isKept = await answered(keepRefused(client, id, picture)).then(
    () => true,
    () => false,
  );
  return isKept && { refusedId: id };
}

/** Undefined for a job of another kind, too. */
export async function pictureName(client: JobClient, id: string): Promise<string | undefined> {
  const job = await answered(client.queue(QUEUE).getJob(id));
  const { name } = (job?.data ?? {}) as { name?: unknown };
  return typeof name === "string" ? name : undefined;
}

/** Some managed servers do not tell who is connected: then nobody is missed. */
async function hasNoWorker(client: JobClient): Promise<boolean> {
  const workers = await answered(client.queue(QUEUE).getWorkersCount()).catch(() => undefined);
  return workers === 0;
}

const digestOf = (...parts: unknown[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
