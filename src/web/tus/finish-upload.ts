import type { Readable } from "node:stream";
import { keepRefused, storeIncoming, type Size } from "redis-lab-jobs";
import { keepTasks, type Session } from "../access/session.js";
import { answered } from "../answered.js";
import type { AppOptions } from "../app.js";
import { RefusedError } from "../errors.js";
import { fileName } from "../file-name.js";
import { readSizes } from "../sizes.js";
import { enqueueOne } from "../tasks.js";
import { checked, storageRefused } from "../upload.js";
import { isWishField, readWish, type Wish, type WishField } from "../wish.js";

type Metadata = Record<string, string | null> | undefined;

export interface WholeUpload {
  /** Also of the task that it becomes. */
  readonly id: string;
  readonly metadata?: Metadata;
  readonly session: Session;
  readonly content: Readable;
  readonly bytes: number;
}

/** @throws {RefusedError} for one that cannot be served */
export function wishOf(metadata: Metadata): { sizes: readonly Size[]; wish: Wish } {
  const entries = Object.entries(metadata ?? {}).map(
    ([name, value]) => [name, value ?? ""] as const,
  );
  const wishes = entries.filter((entry): entry is [WishField, string] => isWishField(entry[0]));
  return { sizes: readSizes([metadata?.["sizes"] ?? ""]), wish: readWish(new Map(wishes)) };
}

/**
 * Makes a task of an upload that has come in whole; nothing happens when it is one already.
 *
 * @throws {RefusedError} for what is no picture, which is remembered under the upload's id
 * @throws {QueueUnavailableError} when Redis does not answer: then it may be tried again
 */
export async function finishUpload(
  { id, metadata, session, content, bytes }: WholeUpload,
  { client, storage, limits }: AppOptions,
): Promise<void> {
  try {
    if ((await client.status(id)) !== undefined) return;
    const name = fileName(metadata?.["filename"] ?? undefined);
    const wanted = wishOf(metadata);
    try {
      const chunks = content as AsyncIterable<Buffer>;
      const file = await storeIncoming(storage, checked(chunks, limits.fileBytes));
      // Without a digest: the client knows its task by this id.
      const picture = { name, file, bytes, digest: id };
      await enqueueOne(client, id, picture, wanted, { storage, session });
    } catch (error) {
      const told = storageRefused(error) ?? error;
      if (told instanceof RefusedError && told.statusCode < 500) {
        await answered(keepRefused(client, id, { name, reason: told.message })).catch(() => {});
        await keepTasks(client, session, [id]).catch(() => {});
      }
      throw told;
    }
    await keepTasks(client, session, [id]).catch(() => {});
  } finally {
    content.destroy();
  }
}
