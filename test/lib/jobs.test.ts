import { readdir } from "node:fs/promises";
import { inspect } from "node:util";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clearKeys, closeAll, connect, jobs, TaskQueue } from "#lib/index.js";
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

describe("jobs", () => {
  test("gives results, progress, the zip and the status, and clears all of it", async () => {
    const file = await jobs.store(await noise(100, 50).png().toBuffer());
    const seen: string[] = [];
    const sizes = [40, 20, 10].map((edge) => ({ width: edge, height: edge }));
    const job = await jobs.enqueue("make-thumbnails", { file, name: "a.png", sizes }, (progress) =>
      seen.push(`${progress.done}/${progress.total}`),
    );
    const { archivePath } = await jobs.result(job, LIMIT);
    expect(seen).toEqual(["1/3", "2/3", "3/3"]);
    const names = (await jobs.download(archivePath)).map(({ name }) => name);
    expect(names).toEqual(["a.png", "a_40x40.png", "a_20x20.png", "a_10x10.png"]);
    expect(await jobs.status(job.id)).toMatchObject({ task_status: "SUCCESS", error: null });
    expect(await jobs.clear()).toBe(1);
    expect(await jobs.status(job.id)).toBeUndefined();
    expect(await readdir(`${folder}/${dirname(archivePath)}`)).toEqual([]);
    expect(await jobs.clear()).toBe(0);
  });

  test("are usable again after closeAll(), and clear() waits for one at work", async () => {
    await closeAll();
    const file = await jobs.store(await noise(1500, 1000).png().toBuffer());
    const sizes = [{ width: 1400, height: 1400 }];
    const job = await jobs.enqueue("make-thumbnails", { file, name: "a.png", sizes });
    const begun = async () => (await jobs.status(job.id))?.task_status;
    await expect.poll(begun, { interval: 5, timeout: LIMIT }).not.toBe("PENDING");
    await jobs.clear();
    expect(await jobs.status(job.id)).toBeUndefined();
  });

  test("an error is shown as one line", async () => {
    const refused = await jobs.enqueue("divide", { a: 1, b: Number.NaN }).catch((e: Error) => e);
    expect(inspect(refused)).toBe(
      "InvalidPayloadError: divide: b: Invalid input: expected number, received NaN",
    );
    const zero = jobs.result(await jobs.enqueue("divide", { a: 1, b: 0 }), LIMIT);
    expect(inspect(await zero.catch((e: Error) => e))).toBe("JobFailedError: division by zero");
    await jobs.clear();
  });
});

describe("TaskQueue", () => {
  const own = new TaskQueue("lab:test:");
  const tasks = {
    twice: ({ n }: { n: number }) => n * 2,
    flaky: (_: object, attempt: number) => {
      if (attempt < 3) throw new Error(`attempt ${attempt}`);
      return attempt;
    },
  };

  test("keeps a task until a worker comes, and leaves no key", async () => {
    const task = await own.add("twice", { n: 21 });
    const late = await own.result(task, 50).catch((e: Error) => e);
    expect(inspect(late)).toBe(
      "TimeoutError: The result of twice did not come within 50 ms. " +
        "No worker runs for this queue: see withWorker.",
    );
    expect(await own.status(task)).toMatchObject({ task_status: "PENDING" });
    expect(await own.withWorker(tasks, () => own.result(task, LIMIT))).toBe(42);
    const span = await own.span(task, "twice");
    expect(span.started).toBeGreaterThan(span.added ?? 0);
    await clearKeys("lab:test:");
    expect(await (await connect()).keys("lab:test*")).toEqual([]);
  });

  test("tries again as often as is allowed", async () => {
    const lucky = await own.add("flaky", {}, { attempts: 3, backoffMs: 10 });
    const unlucky = await own.add("flaky", {}, { attempts: 2, backoffMs: 10 });
    const unknown = await own.add("nobody", {});
    await own.withWorker(tasks, async () => {
      expect(await own.result(lucky, LIMIT)).toBe(3);
      await expect(own.result(unlucky, LIMIT)).rejects.toThrow("attempt 2");
      await expect(own.result(unknown, LIMIT)).rejects.toThrow("no worker knows nobody");
    });
    await clearKeys("lab:test:");
  });

  test("works again after closeAll()", async () => {
    await closeAll();
    const task = await own.add("twice", { n: 1 });
    expect(await own.withWorker(tasks, () => own.result(task, LIMIT))).toBe(2);
    await clearKeys("lab:test:");
  });
});
