import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker, type Job } from "bullmq";
import { JobClient } from "redis-lab-jobs";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openLog } from "#worker/log.js";
import { startWorker, type RunningWorker } from "#worker/start-worker.js";
import { unzip } from "../worker/fixtures.js";
import { ask, form, picture } from "./http.js";
import { openServer, openTestRedis, PNG, type TestServer } from "./server.js";

let redis: Awaited<ReturnType<typeof openTestRedis>>;
let server: TestServer;
let worker: RunningWorker;
let client: JobClient;
beforeAll(async () => {
  redis = await openTestRedis();
  server = await openServer(redis.url);
  const { prefix, mediaRoot } = server;
  const limits = {
    lockMs: 5000,
    stopMs: 5000,
    keepSeconds: 3600,
    storageRetryMs: 200,
    metricsPort: 0,
  };
  worker = await startWorker(
    { redisUrl: redis.url, mediaRoot, prefix, concurrency: 2, ...limits },
    openLog("silent", false),
  );
  client = new JobClient({ redisUrl: redis.url, prefix });
});
afterAll(async () => {
  await client?.close();
  await worker?.stop();
  await server?.close();
  await redis?.stop();
});

const taskOf = async (url: string, id: string) => (await ask(`${url}/task/${id}`)).json();
const untilState = async (url: string, id: string, state: string) =>
  vi.waitFor(
    async () => {
      const task = await taskOf(url, id);
      expect(task["task_status"]).toBe(state);
      return task;
    },
    { timeout: 30_000, interval: 50 },
  );

test("a task that succeeds: its thumbnails, and the zip under the picture's name", async () => {
  const bytes = await sharp({
    create: { width: 327, height: 244, channels: 3, background: "#c33" },
  })
    .jpeg()
    .toBuffer();
  const sent = await ask(
    server.url,
    form([picture(bytes, "zażółć/kot é.jpg"), { name: "sizes", value: "128x128, 50x50" }]),
  );
  const id = sent.json().task_id;
  const task = await untilState(server.url, id, "SUCCESS");
  expect(Object.keys(task)).toEqual(["task_id", "task_status", "progress", "results", "error"]);
  expect(task).toMatchObject({ task_id: id, error: null });
  const { archive_path, thumbnails } = task["results"] as {
    archive_path: string;
    thumbnails: { width: number; height: number }[];
  };
  expect(archive_path).toBe(`/media/archives/${id}.zip`);
  expect(thumbnails).toMatchObject([
    { width: 128, height: 96 },
    { width: 50, height: 38 },
  ]);

  const answer = await fetch(`${server.url}${archive_path}`);
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; .*filename\*=UTF-8''kot%20%C3%A9\.zip$/i,
  );
  const zip = join(server.mediaRoot, "downloaded.zip");
  await writeFile(zip, Buffer.from(await answer.arrayBuffer()));
  expect((await unzip(zip)).map((entry) => entry.bytes.length)).toHaveLength(3);

  const part = await fetch(`${server.url}${archive_path}`, {
    headers: { range: "bytes=0-1" },
  });
  expect([part.status, await part.text()]).toEqual([206, "PK"]);
});

test("a picture that begins like one and is none: FAILURE with a reason", async () => {
  const broken = Buffer.concat([PNG.subarray(0, 40), Buffer.alloc(100, 1)]);
  const sent = await ask(server.url, form([picture(broken)]));
  const task = await untilState(server.url, sent.json().task_id, "FAILURE");
  expect(task["results"]).toBeNull();
  expect(task["error"]).toMatch(/\w{4}/);
});

test("arithmetic has a status, too; a browser gets a page of it", async () => {
  const { id } = await client.enqueue("divide", { a: 10, b: 4 });
  expect(await untilState(server.url, id, "SUCCESS")).toMatchObject({ results: 2.5 });
  const page = await ask(`${server.url}/task/${id}`, { headers: { accept: "text/html" } });
  expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(page.text).toContain("Result: 2.5");
});

test("PENDING, STARTED, PROGRESS, and pages that look again while it runs", async () => {
  const stage = await openServer(redis.url);
  let step = () => {};
  const stepped = () => new Promise<void>((resolve) => (step = resolve));
  const sent = await ask(stage.url, form([picture(PNG, "x.png")]));
  const id = sent.json().task_id;
  const text = async () => {
    const { text: page } = await ask(`${stage.url}/task/${id}`, {
      headers: { accept: "text/html" },
    });
    expect(page.includes('http-equiv="refresh"')).toBe(!page.includes('class="task done"'));
    return page;
  };
  expect(await taskOf(stage.url, id)).toEqual({
    task_id: id,
    task_status: "PENDING",
    progress: null,
    results: null,
    error: null,
  });
  expect(await text()).toContain("no worker is running");
  const results = { archivePath: `archives/${id}.zip`, thumbnails: [] };
  const process = async (job: Job) => {
    await stepped();
    await job.updateProgress({ done: 1, total: 2 });
    await stepped();
    return results;
  };
  const connection = { url: redis.url };
  const slow = new Worker("thumbnails", process, { connection, prefix: stage.prefix });
  try {
    expect((await untilState(stage.url, id, "STARTED"))["progress"]).toBeNull();
    expect(await text()).toContain("A worker is reading the picture.");
    step();
    const task = await untilState(stage.url, id, "PROGRESS");
    expect(task["progress"]).toEqual({ done: 1, total: 2 });
    expect(await text()).toMatch(/max="2" value="1"/);
    step();
    await untilState(stage.url, id, "SUCCESS");
    await text();
  } finally {
    step();
    await slow.close();
    await stage.close();
  }
});
