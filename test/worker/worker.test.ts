import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  JobFailedError,
  mediaPath,
  openStorage,
  storeIncoming,
  TimeoutError,
  UnknownJobError,
  type JobClient,
  type Progress,
} from "redis-lab-jobs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { sweep } from "#worker/expiry.js";
import { halfTransparent, lab, noise, unzip } from "./fixtures.js";

const { settings, client, worker, mediaRoot, files } = lab();
const BOX = { width: 128, height: 128 };
const LIMIT = 20_000;

async function open() {
  const own = settings();
  const jobs = client(own);
  const running = await worker(own);
  return { own, jobs, running };
}

async function thumbnails(
  jobs: JobClient,
  bytes: Buffer,
  name: string,
  sizes = [BOX],
  id = randomUUID(),
) {
  const file = await storeIncoming(mediaRoot(), bytes);
  return jobs.enqueue("make-thumbnails", { file, name, sizes }, { id });
}

describe("arithmetic", () => {
  test("many jobs at once come back, each with its own result", async () => {
    const { jobs } = await open();
    const numbers = Array.from({ length: 100 }, (_, i) => i + 1);
    const products = numbers.map(async (a) =>
      jobs.awaitResult(await jobs.enqueue("multiply", { a, b: 3 }), LIMIT),
    );
    expect(await Promise.all(products)).toEqual(numbers.map((a) => a * 3));
    expect(await jobs.awaitResult(await jobs.enqueue("divide", { a: 10, b: 4 }), LIMIT)).toBe(2.5);
  });

  test("a division by zero fails with that reason, and is not tried again", async () => {
    const { jobs } = await open();
    const job = await jobs.enqueue("divide", { a: 1, b: 0 });
    const error = await jobs.awaitResult(job, LIMIT).catch((e: Error) => e);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({ message: "division by zero", id: job.id, job: "divide" });
    expect((await jobs.queue("arithmetic").getJob(job.id))?.attemptsMade).toBe(1);
    expect(await jobs.status(job.id)).toEqual({
      task_id: job.id,
      task_status: "FAILURE",
      progress: null,
      results: null,
      error: "division by zero",
    });
    // Asked again, when all is over.
    await expect(jobs.awaitResult(job, LIMIT)).rejects.toThrow("division by zero");
  });

  test("what another client queued without the contract is refused by the worker", async () => {
    const { jobs } = await open();
    const id = randomUUID();
    await jobs.queue("arithmetic").add("divide", { a: "1", b: 2 }, { jobId: id });
    await expect(jobs.awaitResult({ id, name: "divide" }, LIMIT)).rejects.toThrow(
      "divide: a: Invalid input: expected number, received string",
    );
    const other = randomUUID();
    await jobs.queue("arithmetic").add("format-disk", {}, { jobId: other });
    await expect(jobs.awaitResult({ id: other, name: "divide" }, LIMIT)).rejects.toThrow(
      'This worker knows no job "format-disk".',
    );
  });
});

describe("make-thumbnails", () => {
  test("zips the original first, then each size; tells progress; leaves only the zip", async () => {
    const { jobs } = await open();
    const bytes = await noise(327, 244).jpeg().toBuffer();
    const before = await files();
    const seen: Progress[] = [];
    const sizes = [BOX, { width: 64, height: 64 }, BOX, { width: 9999, height: 9999 }];
    const id = randomUUID();
    const end = await jobs.onProgress({ id, name: "make-thumbnails" }, (one) => seen.push(one));
    const job = await thumbnails(jobs, bytes, "../My cat.JPG", sizes, id);
    const result = await jobs.awaitResult(job, LIMIT);
    end();
    expect(result.archivePath).toBe(`archives/${job.id}.zip`);
    expect(result.thumbnails.map(({ name, width, height }) => [name, width, height])).toEqual([
      ["My cat_128x128.jpg", 128, 96],
      ["My cat_64x64.jpg", 64, 48],
      ["My cat_128x128-2.jpg", 128, 96],
      ["My cat_9999x9999.jpg", 327, 244],
    ]);
    const entries = await unzip(mediaPath(mediaRoot(), result.archivePath));
    expect(entries[0]).toEqual({ name: "My cat.JPG", bytes });
    expect(entries.slice(1).map(({ name, bytes: b }) => [name, b.length])).toEqual(
      result.thumbnails.map(({ name, bytes: length }) => [name, length]),
    );
    const zip = await readFile(mediaPath(mediaRoot(), result.archivePath));
    for (const [i, { width, height, offset, bytes: length }] of result.thumbnails.entries()) {
      expect(zip.subarray(offset, offset + length).equals(entries[i + 1]?.bytes ?? zip)).toBe(true);
      const metadata = await sharp(entries[i + 1]?.bytes).metadata();
      expect([metadata.format, metadata.width, metadata.height]).toEqual(["jpeg", width, height]);
    }
    expect(seen).toEqual([1, 2, 3, 4].map((done) => ({ done, total: 4 })));
    expect(await jobs.status(job.id)).toEqual({
      task_id: job.id,
      task_status: "SUCCESS",
      progress: { done: 4, total: 4 },
      results: {
        archive_path: `/media/archives/${job.id}.zip`,
        thumbnails: result.thumbnails.map(({ name, width, height, bytes: length }, i) => ({
          name,
          width,
          height,
          bytes: length,
          path: `/media/archives/${job.id}/${i + 1}.jpg`,
        })),
        notes: [],
      },
      error: null,
    });
    await expect.poll(files).toEqual([...before, `${job.id}.zip`]);
  });

  test("a transparent PNG named .jpg stays a PNG with its alpha", async () => {
    const { jobs } = await open();
    const job = await thumbnails(jobs, await halfTransparent(200, 100).png().toBuffer(), "cut.jpg");
    const { archivePath } = await jobs.awaitResult(job, LIMIT);
    const [original, thumbnail] = await unzip(mediaPath(mediaRoot(), archivePath));
    expect([original?.name, thumbnail?.name]).toEqual(["cut.jpg", "cut_128x128.png"]);
    expect(await sharp(thumbnail?.bytes).metadata()).toMatchObject({
      format: "png",
      hasAlpha: true,
    });
  });

  test("what is no picture fails with a reason, is not tried again, and leaves nothing", async () => {
    const { jobs } = await open();
    const before = await files();
    const jpeg = await noise(300, 200).jpeg().toBuffer();
    const bad: [Buffer, string][] = [
      [Buffer.from("a text"), "The file is not a JPEG, PNG, WebP, GIF, AVIF or HEIC picture."],
      [Buffer.from("<svg/>"), "The file is an SVG drawing, which cannot be read here"],
      [Buffer.alloc(0), "The file is empty."],
      [jpeg.subarray(0, 300), "The picture is damaged or not complete."],
    ];
    for (const [bytes, reason] of bad) {
      const job = await thumbnails(jobs, bytes, "picture.png");
      await expect(jobs.awaitResult(job, LIMIT)).rejects.toThrow(reason);
      expect((await jobs.queue("thumbnails").getJob(job.id))?.attemptsMade).toBe(1);
    }
    await expect.poll(files).toEqual(before);
  });

  test("a picture that is no longer stored is said so", async () => {
    const { jobs } = await open();
    const payload = { file: `incoming/${randomUUID()}`, name: "gone.png", sizes: [BOX] };
    const job = await jobs.enqueue("make-thumbnails", payload);
    await expect(jobs.awaitResult(job, LIMIT)).rejects.toThrow("no longer stored: send it again");
  });

  test("a disk that fails is tried again, and the job succeeds once it works", async () => {
    const { jobs } = await open();
    const archives = join(mediaRoot(), "archives");
    await mkdir(archives, { recursive: true });
    // A file in the folder's place: root may write where permissions forbid it.
    await rename(archives, `${archives}.away`);
    await writeFile(archives, "");
    const job = await thumbnails(jobs, await noise(50, 20).png().toBuffer(), "small.png");
    const attempts = async () => (await jobs.queue("thumbnails").getJob(job.id))?.attemptsMade;
    await expect.poll(attempts, { timeout: LIMIT }).toBeGreaterThan(0);
    const failed = await jobs.queue("thumbnails").getJob(job.id);
    expect(failed?.stacktrace?.join("")).toContain("The zip could not be written (ENOTDIR).");
    expect(await jobs.status(job.id)).toMatchObject({ task_status: "PENDING", error: null });
    await rename(`${archives}.away`, `${archives}.back`);
    await rename(archives, `${archives}.file`);
    await rename(`${archives}.back`, archives);
    const { thumbnails: made } = await jobs.awaitResult(job, LIMIT);
    expect(made).toMatchObject([{ width: 50, height: 20 }]);
    expect(await attempts()).toBeGreaterThan(1);
    await rm(`${archives}.file`);
  });
});

describe("awaitResult", () => {
  test("says after its limit that none came; the result is there when a worker is", async () => {
    const own = settings();
    const jobs = client(own);
    const job = await jobs.enqueue("multiply", { a: 2, b: 2 });
    const error = await jobs.awaitResult(job, 150).catch((e: Error) => e);
    expect(error).toBeInstanceOf(TimeoutError);
    expect((error as Error).message).toBe(
      "The result of multiply did not come within 150 ms. " +
        "No worker may be running: `npm run worker` starts one.",
    );
    expect(await jobs.status(job.id)).toMatchObject({ task_status: "PENDING" });
    const result = jobs.awaitResult(job, LIMIT);
    await worker(own);
    expect(await result).toBe(4);
  });

  test("says that a job is not known", async () => {
    const jobs = client(settings());
    const unknown = jobs.awaitResult({ id: randomUUID(), name: "multiply" }, LIMIT);
    await expect(unknown).rejects.toBeInstanceOf(UnknownJobError);
    expect(await jobs.status(randomUUID())).toBeUndefined();
  });
});

describe("what has expired is removed", () => {
  test("but no picture whose job still waits, and nothing that is young", async () => {
    const own = settings();
    const jobs = client(own);
    const picture = await noise(40, 30).png().toBuffer();
    const waiting = await thumbnails(jobs, picture, "waiting.png");
    const done = await jobs.enqueue("multiply", { a: 1, b: 1 });
    const root = mediaRoot();
    await mkdir(join(root, "archives"), { recursive: true });
    await mkdir(join(root, "working"), { recursive: true });
    const old = ["archives/old.zip", `incoming/${randomUUID()}`, "working/old-1.zip"];
    const young = ["archives/young.zip", `incoming/${randomUUID()}`, "working/young-1.zip"];
    for (const file of [...old, ...young]) await writeFile(join(root, file), "x");
    const stored = (await jobs.queue("thumbnails").getJob(waiting.id))?.data as { file: string };
    const storage = await openStorage(root);
    const before = (Date.now() - 3 * 3600_000) / 1000;
    for (const file of [...old, stored.file]) await utimes(join(root, file), before, before);

    expect(await sweep(jobs, storage, own.keepSeconds)).toEqual({ jobs: 0, files: 3 });
    const left = await files();
    expect(old.filter((file) => left.includes(file.split("/")[1] ?? ""))).toEqual([]);
    expect(young.filter((file) => !left.includes(file.split("/")[1] ?? ""))).toEqual([]);
    await worker(own);
    await jobs.awaitResult(done, LIMIT);
    await jobs.awaitResult(waiting, LIMIT);
    expect(await sweep(jobs, storage, 60)).toMatchObject({ jobs: 0 });
    expect((await sweep(jobs, storage, 0)).jobs).toBe(2);
    expect(await jobs.status(done.id)).toBeUndefined();
  });
});
