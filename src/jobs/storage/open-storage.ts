import { resolve } from "node:path";
import { FolderStorage } from "./folder-storage.js";
import type { Storage } from "./storage.js";

export const isBucket = (mediaRoot: string): boolean => /^s3:\/\//i.test(mediaRoot);

/**
 * Opens the storage that MEDIA_ROOT names: a folder, or `s3://bucket/prefix`. Nothing is asked of it.
 *
 * @throws {SettingError} for a URL that names no bucket
 */
export async function openStorage(
  mediaRoot: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Storage> {
  if (!isBucket(mediaRoot)) return new FolderStorage(resolve(mediaRoot));
  // Only where it is wanted: the client takes a tenth of a second to load.
  const { S3Storage } = await import("./s3-storage.js");
  return new S3Storage(mediaRoot, env);
}
