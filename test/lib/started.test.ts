import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { Cluster, Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  closeAll,
  startCluster,
  startProgram,
  startRedis,
  startSentinel,
  startTls,
  until,
} from "#lib/index.js";
import { openLab } from "./lab.js";
import { root } from "../root.js";

let lab: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  lab = await openLab();
});
afterEach(closeAll);
afterAll(() => lab.stop());

const isAlive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};
const ask = async (url: string, work: (client: Redis) => Promise<unknown>) => {
  const client = new Redis(url, { retryStrategy: () => null });
  client.on("error", () => {});
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
};

test("a Redis of the notebook's own can be killed, and started again on its port", async () => {
  const server = await startRedis("a");
  expect(await ask(server.url, (client) => client.ping())).toBe("PONG");
  const { url, pid } = server;
  await server.kill();
  expect(server.pid).toBeUndefined();
  expect(isAlive(pid)).toBe(false);
  await expect(ask(url, (client) => client.ping())).rejects.toThrow(
    /Connection is closed|ECONNREFUSED/,
  );
  await server.start();
  expect(server.url).toBe(url);
  expect(await ask(url, (client) => client.dbsize())).toBe(0);
});

test("it takes settings, and writes what it is told to when it is asked to end", async () => {
  const server = await startRedis("a", {
    settings: { save: "3600 1", "maxmemory-policy": "allkeys-lru" },
  });
  await ask(server.url, (client) => client.set("key", "kept"));
  await server.shutDown();
  await server.start();
  expect(await ask(server.url, (client) => client.get("key"))).toBe("kept");
  const policy = await ask(server.url, (client) => client.config("GET", "maxmemory-policy"));
  expect(policy).toEqual(["maxmemory-policy", "allkeys-lru"]);
});

test("a frozen one answers nothing until it is thawed", async () => {
  const server = await startRedis("a");
  await ask(server.url, async (client) => {
    await client.ping();
    server.freeze();
    let isAnswered = false;
    const answer = client.ping().then(() => (isAnswered = true));
    await sleep(100);
    expect(isAnswered).toBe(false);
    server.thaw();
    await answer;
  });
});

test("a second one of the same name takes the place of the first", async () => {
  const first = await startRedis("a");
  const { pid, path } = first;
  const second = await startRedis("a");
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(path)).toBe(false);
  expect(isAlive(second.pid)).toBe(true);
});

test("closeAll ends servers and programs, frozen ones as well, and leaves no folder", async () => {
  const server = await startRedis("a");
  const frozen = await startRedis("b");
  frozen.freeze();
  const pids = [server.pid, frozen.pid];
  await closeAll();
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect([server.path, frozen.path].map((path) => existsSync(path))).toEqual([false, false]);
});

test("a setting that the server refuses is told in its own words", async () => {
  const starting = startRedis("a", { settings: { "no-such-setting": "1" } });
  await expect(starting).rejects.toThrow(/did not start.*no-such-setting|Bad directive/s);
});

test("commands that no server here knows are named", async () => {
  const starting = startRedis("a", { having: ["NO.SUCH.COMMAND"] });
  await expect(starting).rejects.toThrow(/that knows NO\.SUCH\.COMMAND/);
});

test("what a killed kernel had started ends, and its folder is removed", async () => {
  const lib = pathToFileURL(join(root, "src", "lib", "dist", "index.js")).href;
  const code = `const { startRedis } = (await import(${JSON.stringify(lib)})).default;
    const server = await startRedis("a");
    console.log(JSON.stringify({ pid: server.pid, path: server.path }));
    setInterval(() => {}, 1000);`;
  const kernel = spawn(process.execPath, ["--input-type=module", "-e", code], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(kernel.stdout, "data")) as [Buffer];
  const { pid, path } = JSON.parse(String(line)) as { pid: number; path: string };
  expect(isAlive(pid)).toBe(true);
  kernel.kill("SIGKILL");
  await until(() => !isAlive(pid) && !existsSync(path), "the end of the server", 5000);
});

test("a program runs with the lab's Redis, tells its output, and can be ended by a signal", async () => {
  const file = join(root, "notebooks", "programs", "slow-worker.mjs");
  const program = await startProgram("p", file, "lab:test-started", "work", "0");
  await ask(lab.url, async (client) => {
    const isWaiting = async () => String(await client.client("LIST")).includes("cmd=bzpopmin");
    await until(isWaiting, "a worker that waits", 10_000);
  });
  expect(await program.signal()).toBe(0);
  expect(program.output).toEqual(["closed"]);
});

test("a Sentinel makes the replica primary when the primary is killed", async () => {
  const sentinel = await startSentinel("s");
  const client = new Redis({
    sentinels: sentinel.sentinels,
    name: "lab",
    maxRetriesPerRequest: null,
    sentinelRetryStrategy: () => 50,
    retryStrategy: () => 50,
  });
  client.on("error", () => {});
  try {
    await client.set("key", "kept");
    expect(await client.wait(1, 2000)).toBe(1);
    await sentinel.primary.kill();
    expect(await client.get("key")).toBe("kept");
    expect((client.stream as { remotePort?: number }).remotePort).toBe(sentinel.replica.port);
  } finally {
    client.disconnect();
  }
});

test("a cluster shares keys among three nodes, and is kept while it runs", async () => {
  const cluster = await startCluster("c");
  expect(await startCluster("c")).toBe(cluster);
  const client = new Cluster(cluster.addresses.slice(0, 1));
  try {
    for (const key of ["a", "b", "c"]) await client.set(key, key);
    const sizes = await Promise.all(client.nodes("master").map((node) => node.dbsize()));
    expect(sizes).toEqual([1, 1, 1]);
  } finally {
    client.disconnect();
  }
  await cluster.nodes[0]?.kill();
  expect(await startCluster("c")).not.toBe(cluster);
});

test("a Redis behind TLS serves who knows the certificate, and nobody else", async () => {
  const { url, port, certificate } = await startTls("t");
  const ping = async (client: Redis) => {
    client.on("error", () => {});
    try {
      return await client.ping();
    } finally {
      client.disconnect();
    }
  };
  const unhopeful = { retryStrategy: () => null, maxRetriesPerRequest: 0 };
  expect(await ping(new Redis(url, { ...unhopeful, tls: { ca: certificate } }))).toBe("PONG");
  await expect(ping(new Redis(url, unhopeful))).rejects.toThrow(/closed|retries/);
  await expect(ping(new Redis(port, "127.0.0.1", unhopeful))).rejects.toThrow(/closed|retries/);
});
