import { afterAll, beforeAll, expect, vi } from "vitest";
import { openLog } from "#worker/log.js";
import { startWorker, type RunningWorker } from "#worker/start-worker.js";
import { ask, form, type Json, type Part } from "./http.js";
import { openServer, openTestRedis, type TestServer } from "./server.js";

export interface Results {
  readonly id: string;
  readonly archive_path: string;
  readonly thumbnails: {
    path: string;
    name: string;
    width: number;
    height: number;
    bytes: number;
  }[];
  readonly notes: string[];
}

export const html = { accept: "text/html" };
export const field = (name: string, value: string): Part => ({ name, value });

/** A page with a worker behind it, for a test file. */
export function workedPage() {
  let redis: Awaited<ReturnType<typeof openTestRedis>>;
  let server: TestServer;
  let worker: RunningWorker;
  beforeAll(async () => {
    redis = await openTestRedis();
    server = await openServer(redis.url);
    worker = await startWorker(
      {
        redisUrl: redis.url,
        mediaRoot: server.mediaRoot,
        prefix: server.prefix,
        concurrency: 2,
        lockMs: 5000,
        stopMs: 5000,
        keepSeconds: 3600,
        storageRetryMs: 200,
        metricsPort: 0,
      },
      openLog("silent", false),
    );
  });
  afterAll(async () => {
    await worker?.stop();
    await server?.close();
    await redis?.stop();
  });

  const stateOf = async (id: string): Promise<Json> =>
    (await ask(`${server.url}/task/${id}`)).json();
  /** Sends a form; the id of its first task. */
  const sent = async (parts: readonly Part[], url = server.url) =>
    (await ask(url, form(parts))).json().task_id;
  return {
    redisUrl: () => redis.url,
    server: () => server,
    stateOf,
    sent,
    /** Sends a form, and waits until its first task has succeeded. */
    resultsOf: async (parts: readonly Part[]): Promise<Results> => {
      const id = await sent(parts);
      return vi.waitFor(
        async () => {
          const task = await stateOf(id);
          expect(task).toMatchObject({ task_status: "SUCCESS", error: null });
          return { ...(task["results"] as Omit<Results, "id">), id };
        },
        { timeout: 30_000, interval: 50 },
      );
    },
  };
}
