import { afterAll, beforeAll, expect, test } from "vitest";
import {
  clearKeys,
  closeAll,
  connect,
  ConnectionFailedError,
  NoRedisUrlError,
} from "#lib/index.js";
import { openLab } from "./lab.js";

let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});

test.each(["*", "?", "[ab]", "[^a]", "\\", "a\\*", "^"])(
  "a prefix with %s reaches only keys that begin with it",
  async (part) => {
    const redis = await connect();
    const others = ["lab:a:1", "lab:b:1", "lab:ab:1", "lab:a*:1x", "other:1"];
    await redis.mset(Object.fromEntries(others.map((key) => [key, "x"])));
    await redis.mset({ [`lab:${part}:1`]: "x", [`lab:${part}:${part}`]: "x" });
    expect(await clearKeys(`lab:${part}:`)).toBe(2);
    expect((await redis.keys("*")).toSorted()).toEqual(others.toSorted());
    await redis.flushdb();
  },
);

test("many keys go, of every type, in the named database alone", async () => {
  const redis = await connect();
  const second = await connect("second", { db: 2 });
  for (const client of [redis, second]) {
    const keys = Array.from({ length: 2500 }, (_, i) => [`lab:many:${i}`, "x"]);
    await client.mset(Object.fromEntries(keys));
    await client.rpush("lab:many:list", 1);
  }
  expect(await clearKeys("lab:many:", 2)).toBe(2501);
  expect(await second.dbsize()).toBe(0);
  expect(await redis.dbsize()).toBe(2501);
  expect(await clearKeys("lab:many:")).toBe(2501);
  expect(await clearKeys("lab:many:")).toBe(0);
});

test("calls at once make one connection, which bears its name", async () => {
  const clients = await Promise.all([1, 2, 3, 4].map(() => connect("at once")));
  expect(new Set(clients).size).toBe(1);
  const list = String(await (await connect()).client("LIST"));
  expect(list.match(/ name=at-once /g)).toHaveLength(1);
});

test("a connection that failed is tried anew; without an address the error says so", async () => {
  const { url } = server;
  try {
    process.env["REDIS_URL"] = "redis://127.0.0.1:1";
    const started = performance.now();
    await expect(connect("retry")).rejects.toThrow(ConnectionFailedError);
    expect(performance.now() - started).toBeLessThan(1500);
    delete process.env["REDIS_URL"];
    const folder = process.cwd();
    process.chdir("/");
    await expect(connect("retry")).rejects.toThrow(NoRedisUrlError);
    process.chdir(folder);
  } finally {
    process.env["REDIS_URL"] = url;
  }
  expect(await (await connect("retry")).ping()).toBe("PONG");
});
