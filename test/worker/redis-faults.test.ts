import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JobClient, QueueUnavailableError, storeIncoming } from "redis-lab-jobs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { certificate, Servers, until, type Server } from "../../bench/chaos/redis-servers.js";
import { tlsBefore } from "../../bench/chaos/tls-server.js";
import { freePort } from "#processes/free-port.js";
import { noise } from "./fixtures.js";
import { root } from "../root.js";
import { WorkerProcess } from "./process.js";

const LIMIT = 40_000;
let folder: string;
let servers: Servers;
const open: { close(): Promise<unknown> }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faults ż-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

async function startServers() {
  servers = await Servers.in(folder, root);
  open.push({ close: () => servers.stop() });
  return servers;
}

function start(redisUrl: string, env: NodeJS.ProcessEnv = {}) {
  const one = new WorkerProcess({ redisUrl, mediaRoot: folder }, env);
  open.push({ close: () => one.kill() });
  return one;
}

function clientOf(redisUrl: string) {
  const client = new JobClient({ redisUrl });
  open.push(client);
  return client;
}

async function does(client: JobClient, a = 2): Promise<unknown> {
  return client.awaitResult(await client.enqueue("multiply", { a, b: 3 }), LIMIT);
}

async function doesPicture(client: JobClient) {
  const file = await storeIncoming(folder, await noise(40, 30).png().toBuffer());
  const sizes = [{ width: 8, height: 8 }];
  const job = await client.enqueue("make-thumbnails", { file, name: "a.png", sizes });
  return client.awaitResult(job, LIMIT);
}

/** What the worker told that a person should look at. */
const told = (worker: WorkerProcess) =>
  worker.log.filter(({ level, msg }) => Number(level) >= 40 || msg === "Redis is back");

test("works on a cluster of three nodes, and goes on when one is lost and comes back", async () => {
  const nodes = await (await startServers()).cluster();
  const url = nodes.map((node) => node.url).join(",");
  const worker = start(url);
  await worker.logged("worker ready");
  const client = clientOf(url);
  expect(await does(client)).toBe(6);
  expect(await doesPicture(client)).toMatchObject({ thumbnails: [{ width: 8 }] });
  const keys = await Promise.all(nodes.map(({ admin }) => admin.dbsize()));
  expect(keys.filter((count) => count > 0)).toHaveLength(1);
  const holder = nodes[keys.findIndex((count) => count > 0)] as Server;
  holder.process.signal("SIGKILL");
  await until(async () => told(worker).length > 0);
  await holder.restart();
  await worker.logged("Redis is back");
  expect(await does(client, 5)).toBe(15);
  expect(told(worker).length).toBeLessThan(10);
});

test("follows the sentinels to a promoted replica, with the jobs that wait", async () => {
  const { start: startRedis, sentinel } = bound(await startServers());
  const master = await startRedis();
  const replica = await startRedis({ replicaof: ["127.0.0.1", String(master.port)] });
  await until(async () => (await replica.admin.info("replication")).includes("link_status:up"));
  const watching = await sentinel("main", master.port);
  await until(async () => (await watching.admin.info("sentinel")).includes("slaves=1"));
  const url = `redis+sentinel://127.0.0.1:${watching.port}/main`;
  const client = clientOf(url);
  const worker = start(url);
  await worker.logged("worker ready");
  expect(await does(client)).toBe(6);
  master.process.signal("SIGKILL");
  await until(async () => (await replica.admin.info("replication")).includes("role:master"));
  await worker.logged("Redis is back");
  expect(await does(client, 4)).toBe(12);
  expect(told(worker).length).toBeLessThan(10);
});

test("a replica made read-only in the middle: one line, a wait, one line, and the work is done", async () => {
  const { start: startRedis } = bound(await startServers());
  const other = await startRedis();
  const redis = await startRedis();
  const client = clientOf(redis.url);
  const worker = start(redis.url);
  await worker.logged("worker ready");
  const file = await storeIncoming(folder, await noise(900, 600).png().toBuffer());
  const sizes = Array.from({ length: 12 }, (_, i) => ({ width: 900 - i, height: 900 }));
  const job = await client.enqueue("make-thumbnails", { file, name: "a.png", sizes });
  const waiting = await client.enqueue("multiply", { a: 1, b: 3 });
  await client.awaitResult(waiting, LIMIT);
  await redis.admin.replicaof("127.0.0.1", other.port);
  // A replica that has no copy yet keeps its data until the copy comes; this one gets none.
  await other.admin.config("SET", "requirepass", "nobody");
  const error: unknown = await client.enqueue("multiply", { a: 1, b: 1 }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(QueueUnavailableError);
  expect((error as QueueUnavailableError).trouble.kind).toBe("read-only");
  await sleep(4000);
  await redis.admin.replicaof("NO", "ONE");
  await worker.logged("Redis is back");
  const { thumbnails } = await client.awaitResult(job, LIMIT);
  expect(thumbnails).toHaveLength(sizes.length);
  expect(await does(client, 7)).toBe(21);
  expect(told(worker).map(({ trouble, msg }) => trouble ?? msg)).toEqual([
    "read-only",
    "Redis is back",
  ]);
  expect(await client.queue("thumbnails").getJob(job.id)).toMatchObject({ attemptsStarted: 1 });
});

test("no memory, a password that changes, a permission that is taken: each told once", async () => {
  const { start: startRedis } = bound(await startServers());
  const redis = await startRedis();
  const admin = (...args: string[]) => redis.admin.call(args[0] ?? "", ...args.slice(1));
  await admin("ACL", "SETUSER", "jobs", "on", ">first", "~lab:jobs:*", "+@all");
  const url = `redis://jobs:first@127.0.0.1:${redis.port}`;
  const client = clientOf(url);
  const worker = start(url);
  await worker.logged("worker ready");
  expect(await does(client)).toBe(6);

  const backs = () => worker.log.filter(({ msg }) => msg === "Redis is back").length;
  const faults: [kind: string, begin: () => Promise<unknown>, end: () => Promise<unknown>][] = [
    [
      "no memory",
      () => redis.admin.config("SET", "maxmemory", 1),
      () => redis.admin.config("SET", "maxmemory", 0),
    ],
    [
      "permission",
      () => admin("ACL", "SETUSER", "jobs", "-@all", "+info", "+eval"),
      () => admin("ACL", "SETUSER", "jobs", "+@all"),
    ],
    [
      "password",
      async () => {
        await admin("ACL", "SETUSER", "jobs", "<first", ">second");
        await admin("CLIENT", "KILL", "USER", "jobs");
      },
      () => admin("ACL", "SETUSER", "jobs", ">first"),
    ],
  ];
  for (const [i, [kind, begin, end]] of faults.entries()) {
    await begin();
    await until(async () => worker.log.some(({ trouble }) => trouble === kind));
    await expect(client.enqueue("multiply", { a: 1, b: 1 })).rejects.toThrow(QueueUnavailableError);
    await sleep(1500);
    await end();
    await until(async () => backs() === i + 1);
    expect(await does(client, i)).toBe(i * 3);
  }
  expect(told(worker).length).toBeLessThan(12);
});

test("TLS and a socket are used by worker and client alike", async () => {
  const { start: startRedis } = bound(await startServers());
  const { cert, key } = certificate(folder);
  const path = join(folder, "redis.sock");
  const plain = await startRedis({ unixsocket: path });
  const files = { "tls-cert-file": cert, "tls-key-file": key, "tls-ca-cert-file": cert };
  const own = { port: "0", "tls-port": String(await freePort()), "tls-auth-clients": "no" };
  const { port } = await startRedis({ ...own, ...files }).catch(async () => {
    const secure = await tlsBefore(plain, { cert, key }, false);
    open.push(secure);
    return secure;
  });
  process.env["REDIS_TLS_CA"] = cert;
  open.push({ close: async () => void delete process.env["REDIS_TLS_CA"] });
  for (const url of [`rediss://127.0.0.1:${port}`, path, `unix://${encodeURI(path)}`]) {
    const worker = start(url);
    await worker.logged("worker ready");
    expect(await does(clientOf(url))).toBe(6);
    await worker.kill();
  }
});

test("what can never work ends it with status 2 within seconds, and a sentence", async () => {
  const { start: startRedis } = bound(await startServers());
  const redis = await startRedis({ requirepass: "secret" }, { password: "secret" });
  const at = `127.0.0.1:${redis.port}`;
  const wrong = [
    `redis://${at}`,
    `redis://:wrong@${at}`,
    `rediss://${at}`,
    "redis://a/one",
    "nowhere",
  ];
  for (const url of [...wrong, `redis://:secret@${at}/99`]) {
    const started = performance.now();
    const worker = start(url);
    expect({ url, ...(await worker.process.exited) }).toEqual({ url, code: 2, signal: null });
    // Node itself needs most of it on a busy machine.
    expect(performance.now() - started).toBeLessThan(6000);
  }
});

const bound = (all: Servers) => ({
  start: all.start.bind(all),
  sentinel: all.sentinel.bind(all),
});
