import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cli, closeAll, connect, wire } from "#lib/index.js";
import { openLab, printed } from "./lab.js";

let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});

test("shows what was sent, in order, and gives the block's value", async () => {
  const redis = await connect();
  let value: unknown;
  const text = await printed(async () => {
    value = await wire(async () => {
      await redis.set("lab:wire:a", 'ä\n"\\');
      return redis.get("lab:wire:a");
    });
  });
  expect(text).toEqual(['main> SET "lab:wire:a" "ä\\n\\"\\\\"', 'main> GET "lab:wire:a"']);
  expect(value).toBe('ä\n"\\');
});

test("a script's calls stand below it; a transaction is seen whole", async () => {
  const redis = await connect();
  const text = await printed(async () => {
    await wire(() => redis.eval("return redis.call('GET', KEYS[1])", 1, "lab:wire:a"));
    await wire(() => redis.multi().del("lab:wire:a").exec());
  });
  expect(text.map((line) => line.slice(0, 12))).toEqual([
    'main> EVAL "',
    '  lua> GET "',
    "main> MULTI",
    'main> DEL "l',
    "main> EXEC",
  ]);
});

test("other clients, and what a connection says while it opens, do not show", async () => {
  const other = new Redis(server.url);
  try {
    const text = await printed(async () => {
      await wire(async () => {
        await other.set("lab:wire:b", 1);
        await other.eval("return redis.call('GET', KEYS[1])", 1, "lab:wire:b");
        await cli("DEL lab:wire:b");
      });
      await wire(() => {});
    });
    expect(text).toEqual([
      "redis> DEL lab:wire:b",
      "(integer) 1",
      'cli> DEL "lab:wire:b"',
      "(no command was sent)",
    ]);
  } finally {
    other.disconnect();
  }
});

test("prints what was sent until the block threw, and leaves no connection behind", async () => {
  const redis = await connect();
  const count = async () =>
    Number(/connected_clients:(\d+)/.exec(await redis.info("clients"))?.[1]);
  await wire(() => {});
  const before = await count();
  const text = await printed(async () => {
    const failing = wire(async () => {
      await redis.get("lab:wire:c");
      throw new Error("no more");
    });
    await expect(failing).rejects.toThrow("no more");
  });
  expect(text).toEqual(['main> GET "lab:wire:c"']);
  expect(await count()).toBe(before);
});

test("works on a server that others keep busy", async () => {
  const redis = await connect();
  const others = Array.from({ length: 4 }, () => new Redis(server.url));
  const busy = new AbortController();
  const work = others.map(async (other) => {
    while (!busy.signal.aborted)
      await Promise.all(Array.from({ length: 50 }, () => other.ping("busy")));
  });
  try {
    for (let i = 0; i < 4; i++) {
      expect(await printed(() => wire(() => redis.ping("ours")))).toEqual(['main> PING "ours"']);
    }
  } finally {
    busy.abort();
    await Promise.all(work);
    for (const other of others) other.disconnect();
  }
});

test("bytes that are no text show as redis-cli shows them", async () => {
  const redis = await connect();
  const text = await printed(() => wire(() => redis.echo(Buffer.from([0xff, 0x22, 0x0a, 0x41]))));
  expect(text).toEqual(['main> ECHO "\\xff\\"\\nA"']);
});
