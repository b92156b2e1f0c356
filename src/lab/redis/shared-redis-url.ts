import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Guard } from "guarded-processes/guard";
import { checkRedisUrl } from "./redis-url.js";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";

/**
 * Tells notebooks that are opened elsewhere, such as in VS Code, where the lab's Redis is: in
 * `.lab/redis-url`, which the lib reads where REDIS_URL is not set. Of several labs the first does.
 *
 * @returns `stop` takes it back
 */
export async function shareRedisUrl(root: string, url: string): Promise<{ stop(): Promise<void> }> {
  const file = labFiles(labFolderOf(root)).redisUrl;
  const earlier = (await readFile(file, "utf8").catch(() => "")).trim();
  if (earlier !== "" && (await answers(earlier))) return { stop: async () => {} };
  await mkdir(dirname(file), { recursive: true });
  // No kill leaves it behind.
  const guard = new Guard(file);
  const stop = async () => {
    await rm(file, { force: true });
    await guard.release();
  };
  try {
    // It may hold a password.
    await writeFile(file, `${url}\n`, { mode: 0o600 });
  } catch (error) {
    await stop().catch(() => {});
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
  return { stop };
}

async function answers(url: string): Promise<boolean> {
  return checkRedisUrl(url).then(
    () => true,
    () => false,
  );
}
