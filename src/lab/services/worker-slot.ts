import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWorker } from "./job-services.js";
import type { ServiceProcess } from "./service-process.js";
import { removeFolder } from "guarded-processes/temporary-folder";
import type { Notebook } from "notebook-runner/read/notebook";
import type { Slot } from "notebook-runner/run/run-all";

/**
 * Adds to a slot what notebooks with background jobs need: a worker, where a notebook's metadata
 * says `{"redis-lab": {"worker": true}}`, and a media folder that both share. The worker is gone
 * when its notebook has run.
 *
 * @param slot has a REDIS_URL
 * @param root the project's folder
 * @param env of the worker; its MEDIA_ROOT is kept. Without one the folder is a temporary one, but
 *   where the Redis is everybody's (`isShared`), another worker may do the notebook's jobs, so that
 *   it is the one that all have by default.
 */
export async function withWorker(
  slot: Slot,
  { env, isShared }: { root: string; env: NodeJS.ProcessEnv; isShared: boolean },
): Promise<Slot> {
  const isOwn = !env["MEDIA_ROOT"] && !isShared;
  // Made when a worker is there, whose guard removes it when this process is killed.
  const folder = isOwn ? join(tmpdir(), `redis-lab-media-${randomUUID()}`) : undefined;
  const slotEnv = { ...slot.env, ...(folder && { MEDIA_ROOT: folder }) };
  let worker: ServiceProcess | undefined;
  const stopWorker = async () => {
    await worker?.stop();
    worker = undefined;
  };
  return {
    env: slotEnv,
    beforeNotebook: async (notebook) => {
      await slot.beforeNotebook?.(notebook);
      if (needsWorker(notebook)) {
        worker = await startWorker({ env: { ...env, ...slotEnv }, folder });
        if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
      }
    },
    afterNotebook: async (notebook) => {
      await stopWorker();
      await slot.afterNotebook?.(notebook);
    },
    stop: async () => {
      await stopWorker();
      if (folder !== undefined) await removeFolder(folder);
      await slot.stop();
    },
  };
}

/** Whether a notebook's metadata says that it needs the worker of the background jobs. */
export function needsWorker({ text }: Notebook): boolean {
  const { metadata } = JSON.parse(text) as { metadata?: { "redis-lab"?: { worker?: unknown } } };
  return metadata?.["redis-lab"]?.worker === true;
}
