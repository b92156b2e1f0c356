import { readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Redis } from "ioredis";
import { mediaPath, storeIncoming, type JobClient, type JobHandle } from "redis-lab-jobs";
import { afterEach, expect, test } from "vitest";
import { lab, noise, unzip } from "./fixtures.js";
import { WorkerProcess } from "./process.js";

const { settings, client, mediaRoot, url } = lab();
const LIMIT = 40_000;
/** Work for some seconds, told in steps. */
const MANY = Array.from({ length: 12 }, (_, i) => ({ width: 900 - i, height: 900 }));

const started: WorkerProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.kill()));
  // Not the folder's mark: the next worker must find the one that Redis knows.
  for (const name of ["incoming", "archives", "working"]) {
    await rm(join(mediaRoot(), name), { recursive: true, force: true });
  }
});

/** Each worker process serves the queues of the default prefix. */
function open() {
  const { prefix: _, ...own } = settings();
  const start = (env?: NodeJS.ProcessEnv) => {
    const one = new WorkerProcess(own, env);
    started.push(one);
    return one;
  };
  return { jobs: client(own), start };
}

async function longJob(jobs: JobClient) {
  const bytes = await noise(900, 600).png().toBuffer();
  const file = await storeIncoming(mediaRoot(), bytes);
  return jobs.enqueue("make-thumbnails", { file, name: "long.png", sizes: MANY });
}

async function done(jobs: JobClient, job: JobHandle): Promise<number> {
  return (await jobs.status(job.id))?.progress?.done ?? 0;
}

/** How often the end of each job was told. */
async function completions(job: JobHandle): Promise<number> {
  const redis = new Redis(url());
  const events = await redis.xrange("lab:jobs:thumbnails:events", "-", "+");
  redis.disconnect();
  return events.filter(([, told]) => told.includes("completed") && told.includes(job.id)).length;
}

test("a job whose worker is killed is taken over, and done once", async () => {
  const { jobs, start } = open();
  const first = start();
  const job = await longJob(jobs);
  await expect.poll(() => done(jobs, job), { timeout: LIMIT }).toBeGreaterThan(0);
  await first.kill();
  expect(await jobs.status(job.id)).toMatchObject({ task_status: "PROGRESS" });
  const second = start();
  const { archivePath, thumbnails } = await jobs.awaitResult(job, LIMIT);
  expect(await second.logged("taken over from a worker that is gone")).toMatchObject({
    id: job.id,
  });
  expect(thumbnails).toHaveLength(MANY.length);
  expect(await unzip(mediaPath(mediaRoot(), archivePath))).toHaveLength(MANY.length + 1);
  expect(await completions(job)).toBe(1);
  await expect.poll(() => readdir(join(mediaRoot(), "incoming"))).toEqual([]);
  expect(await readdir(join(mediaRoot(), "working"))).toEqual([]);
});

test("on SIGTERM a worker finishes what it has, and takes no more", async () => {
  const { jobs, start } = open();
  const worker = start({ STOP_SECONDS: "60", WORKER_CONCURRENCY: "1" });
  const job = await longJob(jobs);
  const next = await longJob(jobs);
  await expect.poll(() => done(jobs, job), { timeout: LIMIT }).toBeGreaterThan(0);
  worker.process.signal("SIGTERM");
  const { thumbnails } = await jobs.awaitResult(job, LIMIT);
  expect(thumbnails).toHaveLength(MANY.length);
  expect(await worker.process.exited).toEqual({ code: 0, signal: null });
  expect(worker.log.at(-1)).toMatchObject({ msg: "stopped" });
  expect(await jobs.status(next.id)).toMatchObject({ task_status: "PENDING" });
  await jobs.remove(next);
});

test("on SIGTERM a job that takes too long is handed back at once, and done by another", async () => {
  const { jobs, start } = open();
  // The lock is so long that the job would not be taken over in time.
  const first = start({ STOP_SECONDS: "0", LOCK_SECONDS: "600" });
  const job = await longJob(jobs);
  await expect.poll(() => done(jobs, job), { timeout: LIMIT }).toBeGreaterThan(0);
  first.process.signal("SIGTERM");
  expect(await first.process.exited).toEqual({ code: 0, signal: null });
  expect(await jobs.status(job.id)).toMatchObject({ task_status: "PENDING" });
  start({ LOCK_SECONDS: "600" });
  const { archivePath } = await jobs.awaitResult(job, LIMIT);
  expect(await unzip(mediaPath(mediaRoot(), archivePath))).toHaveLength(MANY.length + 1);
  expect(await completions(job)).toBe(1);
});

test("logs each job as a line of JSON, and counts it in /metrics", async () => {
  const { jobs, start } = open();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const taken = start({ METRICS_PORT: String(port) });
  expect(await taken.process.exited).toEqual({ code: 2, signal: null });
  server.close();
  await once(server, "close");

  const worker = start({ METRICS_PORT: String(port) });
  const { metrics } = await worker.logged("worker ready");
  expect(metrics).toBe(`http://127.0.0.1:${port}/metrics`);
  const job = await jobs.enqueue("multiply", { a: 2, b: 3 });
  const zero = await jobs.enqueue("divide", { a: 2, b: 0 });
  await jobs.awaitResult(job, LIMIT);
  await expect(jobs.awaitResult(zero, LIMIT)).rejects.toThrow("division by zero");
  expect(await worker.logged("done")).toMatchObject({ job: "multiply", id: job.id, level: 30 });
  expect(await worker.logged("failed")).toMatchObject({
    job: "divide",
    id: zero.id,
    reason: "division by zero",
  });
  const text = await (await fetch(String(metrics))).text();
  expect(text).toContain('lab_jobs_total{job="multiply",outcome="completed"} 1');
  expect(text).toContain('lab_jobs_total{job="divide",outcome="failed"} 1');
  expect(text).toContain('lab_queue_jobs{queue="arithmetic",state="wait"} 0');
  expect(text).toContain("process_resident_memory_bytes");
  expect((await fetch(new URL("/other", String(metrics)))).status).toBe(404);
});

test("the command starts another process with what that needs, and both end together", async () => {
  const { jobs, start } = open();
  const outer = { MALLOC_ARENA_MAX: undefined };
  const first = start(outer);
  await first.logged("worker ready");
  first.process.signal("SIGTERM");
  expect(await first.process.exited).toEqual({ code: 0, signal: null });
  expect(first.log.at(-1)).toMatchObject({ msg: "stopped" });

  const second = start(outer);
  await second.logged("worker ready");
  await second.kill();
  const workers = () => jobs.queue("arithmetic").getWorkersCount();
  await expect.poll(workers, { timeout: LIMIT }).toBe(0);
});

test("a setting that makes no sense is said so", async () => {
  const { start } = open();
  const worker = start({ WORKER_CONCURRENCY: "many" });
  expect(await worker.process.exited).toEqual({ code: 2, signal: null });
});
