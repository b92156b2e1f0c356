import { randomUUID } from "node:crypto";
import { JobClient, priorityOf } from "redis-lab-jobs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openLog } from "#worker/log.js";
import { startWorker } from "#worker/start-worker.js";
import { noise } from "../worker/fixtures.js";
import { ask, form, picture } from "./http.js";
import { openServer, openTestRedis, PNG, type TestServer } from "./server.js";

let redis: Awaited<ReturnType<typeof openTestRedis>>;
let server: TestServer;
let client: JobClient;
beforeAll(async () => {
  redis = await openTestRedis();
  server = await openServer(redis.url);
  client = new JobClient({ redisUrl: redis.url, prefix: server.prefix });
});
afterAll(async () => {
  await client?.close();
  await server?.close();
  await redis?.stop();
});

const startOne = (more: object = {}) =>
  startWorker(
    {
      redisUrl: redis.url,
      mediaRoot: server.mediaRoot,
      prefix: server.prefix,
      concurrency: 1,
      lockMs: 5000,
      stopMs: 5000,
      keepSeconds: 3600,
      storageRetryMs: 200,
      metricsPort: 0,
      ...more,
    },
    openLog("silent", false),
  );
const send = async (bytes: Buffer, cookie = "", name = "a.png") => {
  const sent = form([picture(bytes, name)]);
  return (await ask(server.url, { ...sent, headers: { ...sent.headers, cookie } })).json().task_id;
};

test("a small picture passes a large one, which does not wait for ever", async () => {
  const large = await send(await noise(900, 900).png().toBuffer());
  const small = await send(PNG);
  const place = async (id: string) =>
    /Next in the queue|Number \d+/.exec((await ask(`${server.url}/?task=${id}`)).text)?.[0];
  // Without a worker the page says so, and no place.
  const ids = (await client.queue("thumbnails").getPrioritized()).map((job) => job.id);
  expect(ids).toEqual([small, large]);
  expect(await place(large)).toBeUndefined();
  const [now, bytes] = [1_800_000_000_000, 30_000_000];
  expect(priorityOf(bytes, now)).toBeGreaterThan(priorityOf(0, now + 299_000));
  expect(priorityOf(bytes, now)).toBeLessThan(priorityOf(0, now + 301_000));
  const week = Array.from({ length: 60 }, (_, day) => priorityOf(bytes, now + day * 86_400_000));
  expect(Math.min(...week)).toBeGreaterThan(0);
  expect(Math.max(...week)).toBeLessThan(2 ** 21);
});

test("the same picture and sizes of one session are one job; another's are another", async () => {
  const [mine, other] = ["a", "b"].map((text) => `redis_lab_session=${text.repeat(32)}`);
  const first = await send(PNG, mine);
  expect(await send(PNG, mine)).toBe(first);
  expect(await send(PNG, mine, "b.png")).not.toBe(first);
  expect(await send(PNG, other)).not.toBe(first);
  expect(await send(PNG)).not.toBe(await send(PNG));
  const files = (await server.files()).filter((file) => file.includes("incoming"));
  const jobs = await client.queue("thumbnails").getJobs(["prioritized"]);
  expect(files).toHaveLength(jobs.length);
});

test("a limit of pictures holds for all workers together, and the schedules are set once", async () => {
  await client.queue("thumbnails").obliterate();
  const ids = await Promise.all(Array.from({ length: 5 }, () => send(PNG)));
  const workers = await Promise.all([1, 2].map(() => startOne({ picturesPerMinute: 2 })));
  try {
    const done = async () => client.queue("thumbnails").getCompletedCount();
    await vi.waitFor(async () => expect(await done()).toBe(2), 10_000);
    const schedulers = await client.queue("upkeep").getJobSchedulers();
    expect(schedulers.map(({ key }) => key).toSorted()).toEqual(["clean-up", "nightly-report"]);
    const report = await client.queue("upkeep").add("report", {}, { jobId: randomUUID() });
    await vi.waitFor(async () => expect(await report.getState()).toBe("completed"), 10_000);
    const { returnvalue } = (await client.queue("upkeep").getJob(report.id ?? "")) ?? {};
    expect(returnvalue).toMatchObject({ queues: { thumbnails: { completed: 2 } } });
    expect(await done()).toBe(2);
    expect(ids).toHaveLength(5);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
});
