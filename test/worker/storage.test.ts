import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { openStorage, storeIncoming } from "redis-lab-jobs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { S3Server } from "../../bench/chaos/s3-server.js";
import { SmallDisk } from "../../bench/chaos/small-disk.js";
import { until } from "../../bench/chaos/redis-servers.js";
import { ask, form, picture } from "../web/http.js";
import { openServer } from "../web/server.js";
import { root } from "../root.js";
import { lab, noise } from "./fixtures.js";
import { WorkerProcess } from "./process.js";

const { settings, client, worker, url } = lab();
const LIMIT = 40_000;
const SIZES = [{ width: 40, height: 40 }];
let s3: S3Server;
const open: { close(): Promise<unknown> }[] = [];
beforeAll(async () => {
  s3 = await S3Server.start(root);
  Object.assign(process.env, s3.env);
}, 300_000);
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});
afterAll(async () => {
  for (const name of Object.keys(s3?.env ?? {})) delete process.env[name];
  await s3?.stop();
});

function start(redisUrl: string, mediaRoot: string, env: NodeJS.ProcessEnv = {}) {
  const one = new WorkerProcess({ redisUrl, mediaRoot }, env);
  open.push({ close: () => one.kill() });
  return one;
}

test("page and worker meet in a bucket: picture in, zip out by a link, nothing left", async () => {
  const own = { ...settings(), mediaRoot: "s3://media/together" };
  const page = await openServer(own.redisUrl, { mediaRoot: own.mediaRoot, prefix: own.prefix });
  open.push(page);
  await worker(own);
  const png = await noise(60, 50).png().toBuffer();
  const { task_id: id } = (await ask(page.url, form([picture(png)]))).json();
  const task = async () => (await ask(`${page.url}/task/${id}`)).json();
  await until(async () => (await task())["task_status"] === "SUCCESS");
  const answer = await ask(`${page.url}/media/archives/${id}.zip`);
  expect(answer.status).toBe(302);
  const zip = Buffer.from(await (await fetch(String(answer.headers.location))).arrayBuffer());
  expect(zip.subarray(0, 2).toString()).toBe("PK");
  const storage = await openStorage(own.mediaRoot);
  await until(async () => {
    const left: string[] = [];
    for await (const file of storage.olderThan("incoming", Date.now() + 60_000)) left.push(file);
    return left.length === 0;
  });
  storage.close();
});

// Only who may mount something has a disk that can be filled.
test.runIf(await SmallDisk.isPossible())(
  "a full disk: the job waits, its picture is kept, and it is done when there is room",
  async () => {
    const disk = await SmallDisk.open(400_000);
    open.push(disk);
    const own = { ...settings(), mediaRoot: disk.path };
    const jobs = client(own);
    await worker(own);
    const file = await storeIncoming(disk.path, await noise(200, 100).png().toBuffer());
    await disk.fill();
    const job = await jobs.enqueue("make-thumbnails", { file, name: "a.png", sizes: SIZES });
    const state = async () => jobs.queue("thumbnails").getJobState(job.id);
    await until(async () => (await state()) === "delayed");
    expect(await jobs.status(job.id)).toMatchObject({ task_status: "PENDING", error: null });
    await until(async () => {
      const read = await jobs.queue("thumbnails").getJob(job.id);
      return (read?.attemptsStarted ?? 0) > 2;
    });
    expect((await jobs.queue("thumbnails").getJob(job.id))?.attemptsMade).toBe(0);
    await disk.free();
    expect((await jobs.awaitResult(job, LIMIT)).thumbnails).toHaveLength(1);
  },
);

test("a bucket that is away: the job waits, told in one line, and is done afterwards", async () => {
  const mediaRoot = "s3://media/away";
  const own = { redisUrl: url(), mediaRoot };
  const jobs = client(own);
  const env = { STORAGE_RETRY_SECONDS: "1", AWS_MAX_ATTEMPTS: "1" };
  const one = start(own.redisUrl, mediaRoot, env);
  await one.logged("worker ready");
  const png = await noise(60, 50).png().toBuffer();
  const pictures = await Promise.all([1, 2, 3].map(() => storeIncoming(mediaRoot, png)));
  await s3.cut();
  const many = await Promise.all(
    pictures.map((file) => jobs.enqueue("make-thumbnails", { file, name: "a.png", sizes: SIZES })),
  );
  await until(async () => (await jobs.queue("thumbnails").getDelayedCount()) === many.length);
  await s3.mend();
  const results = await Promise.all(many.map((job) => jobs.awaitResult(job, LIMIT)));
  expect(results.map(({ thumbnails }) => thumbnails.length)).toEqual([1, 1, 1]);
  const trouble = one.log.filter(({ level }) => Number(level) >= 50);
  expect(trouble[0]).toMatchObject({ msg: expect.stringContaining("The storage is away") });
  expect(trouble.length).toBeLessThan(4);
});

test("a worker whose folder is not the page's does not start", async () => {
  // The bucket of the test before.
  const redis = new Redis(url());
  await redis.del("lab:jobs:media");
  redis.disconnect();
  const page = await openServer(url(), { prefix: "lab:jobs" });
  open.push(page);
  const elsewhere = await mkdtemp(join(tmpdir(), "elsewhere-"));
  open.push({ close: () => rm(elsewhere, { recursive: true }) });
  const right = start(url(), page.mediaRoot);
  await right.logged("worker ready");
  const wrong = start(url(), elsewhere);
  expect(await wrong.process.exited).toEqual({ code: 2, signal: null });
  const file = start(url(), join(root, "package.json"));
  expect(await file.process.exited).toEqual({ code: 2, signal: null });
});
