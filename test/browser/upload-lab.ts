import { Worker } from "bullmq";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { openLog } from "#worker/log.js";
import { startWorker } from "#worker/start-worker.js";
import type { Limits } from "#web/limits.js";
import { openServer, openTestRedis, type TestServer } from "../web/server.js";
import { openBrowser, type OpenBrowser } from "./chromium.js";
import { UploadPage } from "./upload-page.js";

/** A Redis, a browser and the upload page with a real worker behind it, for a test file. */
export function uploadLab(limits: Partial<Limits> = {}) {
  let redis: Awaited<ReturnType<typeof openTestRedis>>;
  let desktop: OpenBrowser;
  let server: TestServer;
  let endWorker: () => Promise<unknown>;
  /** Ended after each test, the last one first. */
  const open: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    redis = await openTestRedis();
    desktop = await openBrowser();
    server = await openServer(redis.url, limits);
    endWorker = await work(server);
  });
  afterEach(async () => {
    for (const end of open.splice(0).toReversed()) await end();
  });
  afterAll(async () => {
    await desktop?.close();
    await endWorker?.();
    await server?.close();
    await redis?.stop();
  });

  async function work({ prefix, mediaRoot }: TestServer): Promise<() => Promise<unknown>> {
    const settings = { redisUrl: redis.url, mediaRoot, prefix, concurrency: 2 };
    const times = {
      lockMs: 5000,
      stopMs: 5000,
      keepSeconds: 3600,
      storageRetryMs: 200,
      metricsPort: 0,
    };
    const worker = await startWorker({ ...settings, ...times }, openLog("silent", false));
    return () => worker.stop();
  }

  return {
    url: () => server.url,
    redisUrl: () => redis.url,

    /** To be ended after this test. */
    ends: (end: () => Promise<unknown>) => open.push(end),

    /** A page in the desktop's browser, or in one that differs from it. */
    async visit(url: string, options?: BrowserContextOptions): Promise<UploadPage> {
      const browser = options ? await openBrowser(options) : desktop;
      // A visitor of its own, without the list of another test.
      if (!options) await browser.context.clearCookies();
      const page = await browser.context.newPage();
      open.push(() => (options ? browser.close() : page.close()));
      const upload = new UploadPage(page);
      await page.goto(url);
      return upload;
    },

    /** A server of its own, whose worker starts when the test says so. */
    async openIdle(): Promise<{ url: string; work: () => Promise<void> }> {
      const idle = await openServer(redis.url);
      open.push(() => idle.close());
      return { url: idle.url, work: async () => void open.push(await work(idle)) };
    },

    /** A server of its own, where the test says how far its only job is. */
    async openStage() {
      const stage = await openServer(redis.url);
      open.push(() => stage.close());
      let finish = () => {};
      const finished = new Promise<void>((resolve) => (finish = resolve));
      const begin = () => {
        const worker = new Worker(
          "thumbnails",
          async (job) => {
            await job.updateProgress({ done: 1, total: 3 });
            await finished;
            throw new Error("the picture is damaged: it ends too early");
          },
          { connection: { url: redis.url }, prefix: stage.prefix },
        );
        open.push(() => worker.close());
      };
      open.push(async () => finish());
      return { url: stage.url, begin, finish };
    },
  };
}
