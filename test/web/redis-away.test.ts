import { Redis } from "ioredis";
import { afterEach, expect, test, vi } from "vitest";
import { freePort } from "#processes/free-port.js";
import { ask, form, picture } from "./http.js";
import { openServer, openTestRedis, PNG, type TestServer } from "./server.js";

const open: { close?: () => Promise<void>; stop?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await (one.close ?? one.stop)?.();
});

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

async function startRedis(port?: number) {
  const redis = await openTestRedis(port);
  open.push(redis);
  return redis;
}

async function expectAway(server: TestServer): Promise<void> {
  const before = await server.files();
  const html = { accept: "text/html" };
  const [sent, page, queues] = await Promise.all([
    ask(server.url, form([picture(PNG), picture(PNG)])),
    ask(`${server.url}/task/${ID}`, { headers: html }),
    ask(`${server.url}/queues/api/queues`),
  ]);
  expect([sent.status, page.status, queues.status]).toEqual([503, 503, 503]);
  expect(sent.headers["retry-after"]).toBe("5");
  expect(sent.json()).toEqual({ error: expect.stringContaining("Redis is away") });
  expect(await server.files()).toEqual(before);
  expect(page.text).toMatch(/<meta http-equiv="refresh"[^]*Redis is away/);
  expect((await ask(server.url, { headers: html })).status).toBe(200);
}

test("without Redis it says so, and works once Redis is there; again after Redis went", async () => {
  const port = await freePort();
  const server = await openServer(`redis://127.0.0.1:${port}`);
  open.push(server);
  await expectAway(server);
  for (const round of [1, 2]) {
    const redis = await startRedis(port);
    await vi.waitFor(
      async () => expect((await ask(server.url, form([picture(PNG)]))).status).toBe(202),
      { timeout: 20_000, interval: 200 },
    );
    expect((await ask(`${server.url}/task/${ID}`)).status).toBe(404);
    expect((await ask(`${server.url}/queues/api/queues`)).status).toBe(200);
    await redis.stop();
    if (round === 1) await expectAway(server);
  }
  expect(server.log[0]).toMatch(/Redis at 127.*does not answer.*Waiting for it/);
  expect(server.log.length).toBeLessThan(5);
});

test("one that refuses: 503 with what is the matter, one line, and it works afterwards", async () => {
  const redis = await startRedis();
  const server = await openServer(redis.url);
  open.push(server);
  const admin = new Redis(redis.url);
  open.push({ close: async () => admin.disconnect() });
  const post = () => ask(server.url, form([picture(PNG)]));
  expect((await post()).status).toBe(202);
  await admin.config("SET", "maxmemory", "1");
  const answers = await Promise.all(Array.from({ length: 20 }, post));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  expect(answers[0]?.json().error).toMatch(/takes no work now: Redis has no memory left/);
  await admin.config("SET", "maxmemory", "0");
  expect((await post()).status).toBe(202);
  await admin.replicaof("127.0.0.1", 1);
  expect((await post()).json().error).toMatch(/Redis is read-only/);
  await admin.replicaof("NO", "ONE");
  await vi.waitFor(() => expect(server.log.at(-1)).toMatch(/^Redis is back after/), 20_000);
  expect((await post()).status).toBe(202);
  expect(server.log.length).toBeLessThan(6);
});

test("a password that Redis refuses ends the start, with what to change", async () => {
  const redis = await startRedis();
  const url = redis.url.replace("//", "//nobody:secret@");
  await expect(openServer(url)).rejects.toThrow(/refuses the user or password.*Set REDIS_URL/);
  await expect(openServer("redis://127.0.0.1/x")).rejects.toThrow(/"x" is not a number/);
});

test("a Redis that hangs is away after 5 seconds, and the server closes all the same", async () => {
  const redis = await startRedis();
  const server = await openServer(redis.url);
  expect((await ask(`${server.url}/task/${ID}`)).status).toBe(404);
  process.kill(redis.pid, "SIGSTOP");
  try {
    const started = performance.now();
    const answer = await ask(`${server.url}/task/${ID}`);
    expect(answer.status).toBe(503);
    expect(performance.now() - started).toBeLessThan(9000);
    await server.close();
  } finally {
    process.kill(redis.pid, "SIGCONT");
  }
});
