import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Queue, QueueEvents, type Job } from "bullmq";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeAll, jobs, keepOpen, withOpen } from "#lib/index.js";
import { openLog } from "#worker/log.js";
import { startWorker, type RunningWorker } from "#worker/start-worker.js";
import { workerSettings } from "#worker/settings.js";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { noise } from "../worker/fixtures.js";
import { openLab } from "./lab.js";

let server: Awaited<ReturnType<typeof openLab>>;
let worker: RunningWorker;
let folder = "";
beforeAll(async () => {
  server = await openLab();
  folder = await temporaryFolder("media");
  process.env["MEDIA_ROOT"] = folder;
  worker = await startWorker(workerSettings(process.env), openLog("silent", false));
});
afterAll(async () => {
  await closeAll();
  await worker.stop();
  await server.stop();
  await removeFolder(folder);
  delete process.env["MEDIA_ROOT"];
});

const LIMIT = 20_000;
const connection = () => ({ connection: { url: server.url }, prefix: "lab:jobs" });

/** Adds a job of the lab's worker, and what waits for it. */
async function withJobs(
  queueName: "arithmetic" | "thumbnails",
  work: (add: (name: string, data: object) => Promise<Job>, events: QueueEvents) => Promise<void>,
): Promise<void> {
  const queue = new Queue(queueName, connection());
  const events = new QueueEvents(queueName, { ...connection(), lastEventId: "0-0" });
  const add = (name: string, data: object) => queue.add(name, data, { jobId: jobs.newId() });
  await withOpen([queue, events], () => work(add, events));
}

describe("jobs", () => {
  test("stores pictures, gives the zip and the status, and clears all of it", async () => {
    await withJobs("thumbnails", async (add, events) => {
      const file = await jobs.store(await noise(100, 50).png().toBuffer());
      const sizes = [40, 20].map((edge) => ({ width: edge, height: edge }));
      const job = await add("make-thumbnails", { file, name: "a.png", sizes });
      const { archivePath } = await job.waitUntilFinished(events, LIMIT);
      const names = (await jobs.download(archivePath)).map(({ name }) => name);
      expect(names).toEqual(["a.png", "a_40x40.png", "a_20x20.png"]);
      const id = job.id ?? "";
      expect(await jobs.status(id)).toMatchObject({ task_status: "SUCCESS", error: null });
      expect(await jobs.clear()).toBe(1);
      expect(await jobs.status(id)).toBeUndefined();
      expect(await readdir(`${folder}/${dirname(archivePath)}`)).toEqual([]);
      expect(await jobs.clear()).toBe(0);
    });
  });

  test("clear() deletes a failed job, and leaves those of others alone", async () => {
    await withJobs("arithmetic", async (add, events) => {
      const mine = await add("divide", { a: 1, b: 0 });
      await expect(mine.waitUntilFinished(events, LIMIT)).rejects.toThrow("division by zero");
      const others = new Queue("arithmetic", connection());
      await withOpen(others, async () => {
        const other = await others.add("multiply", { a: 2, b: 3 }, { jobId: "another" });
        expect(await other.waitUntilFinished(events, LIMIT)).toBe(6);
        expect(await jobs.clear()).toBe(1);
        expect(await others.getJob(mine.id ?? "")).toBeUndefined();
        expect(await jobs.status("another")).toMatchObject({ task_status: "SUCCESS", results: 6 });
        await other.remove();
      });
    });
  });

  test("are usable again after closeAll(), and clear() waits for one at work", async () => {
    await closeAll();
    await withJobs("thumbnails", async (add) => {
      const file = await jobs.store(await noise(1500, 1000).png().toBuffer());
      const sizes = [{ width: 1400, height: 1400 }];
      const { id = "" } = await add("make-thumbnails", { file, name: "a.png", sizes });
      const begun = async () => (await jobs.status(id))?.task_status;
      await expect.poll(begun, { interval: 5, timeout: LIMIT }).not.toBe("PENDING");
      await jobs.clear();
      expect(await jobs.status(id)).toBeUndefined();
    });
  });
});

test("keepOpen gives one that is open, and makes a new one after closeAll()", async () => {
  const make = () => new QueueEvents("arithmetic", connection());
  const first = keepOpen("events", make);
  expect(keepOpen("events", make)).toBe(first);
  await closeAll();
  expect(first.closing).toBeDefined();
  expect(keepOpen("events", make)).not.toBe(first);
  await closeAll();
});
