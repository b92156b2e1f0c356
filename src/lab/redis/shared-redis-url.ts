import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
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
  // It may hold a password.
  await writeFile(file, `${url}\n`, { mode: 0o600 });
  return { stop: () => rm(file, { force: true }) };
}

async function answers(url: string): Promise<boolean> {
  return checkRedisUrl(url).then(
    () => true,
    () => false,
  );
}
