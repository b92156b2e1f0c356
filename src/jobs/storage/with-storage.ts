import { newIncoming } from "../media.js";
import { openStorage } from "./open-storage.js";
import type { Content, Storage } from "./storage.js";

/**
 * Deletes a file of the media; nothing happens when it is gone.
 *
 * @param place the storage, or MEDIA_ROOT
 */
export async function removeMedia(place: string | Storage, file: string): Promise<void> {
  await withStorage(place, (storage) => storage.remove(file));
}

/**
 * Stores a picture for a job, whole or not at all.
 *
 * @param place the storage, or MEDIA_ROOT
 * @returns its name for the payload
 */
export async function storeIncoming(place: string | Storage, content: Content): Promise<string> {
  const file = newIncoming();
  await withStorage(place, (storage) => storage.write(file, content, { flush: true }));
  return file;
}

/**
 * Does work on a storage, which is opened for that when only MEDIA_ROOT is given.
 *
 * @returns what the work returns
 */
export async function withStorage<T>(
  place: string | Storage,
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  if (typeof place !== "string") return work(place);
  const storage = await openStorage(place);
  try {
    return await work(storage);
  } finally {
    storage.close();
  }
}
