import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findRedis } from "#lab/redis/find-redis.js";
import { startPrivateRedis } from "#lab/redis/private-redis.js";
import { clearKeys, cli, closeAll, connect, nextEvent, until, within } from "#lib/index.js";
import { openLab, printed } from "./lab.js";
import { root } from "../root.js";

let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});

async function connections(): Promise<number> {
  const redis = await connect();
  return String(await redis.client("LIST"))
    .trim()
    .split("\n").length;
}

describe("connect", () => {
  test("a SELECT that Redis refuses is not asked for again after closeAll()", async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    try {
      const redis = await connect("db 1", { db: 1 });
      await expect(redis.select(99)).rejects.toThrow("out of range");
      await closeAll();
      const again = await connect("db 1");
      expect(await again.client("INFO")).toContain(" db=1 ");
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(unhandled).toEqual([]);
    } finally {
      process.off("unhandledRejection", onUnhandled);
    }
  });

  test("gives the same client for the same name, also when called at once", async () => {
    const [a, b] = await Promise.all([connect("twice"), connect("twice")]);
    expect(a).toBe(b);
    expect(await connect("other")).not.toBe(a);
  });

  test("brings a client back to its database", async () => {
    const redis = await connect("selecting", { db: 2 });
    await redis.set("lab:test:db", "two");
    await redis.select(3);
    expect(await redis.get("lab:test:db")).toBeNull();
    await connect("selecting", { db: 2 });
    expect(await redis.get("lab:test:db")).toBe("two");
    await clearKeys("lab:test:", 2);
  });

  test("fails within a second where no Redis is, and says what to do", async () => {
    const started = performance.now();
    const attempt = connect("nowhere", { url: "redis://user:secret@127.0.0.1:1" });
    const error = await attempt.catch((e: Error) => e);
    expect(performance.now() - started).toBeLessThan(1500);
    expect(error).toMatchObject({ name: "ConnectionFailedError", address: "127.0.0.1:1" });
    expect((error as Error).message).toMatch(/ECONNREFUSED.*npm start.*REDIS_URL/);
    expect((error as Error).message).not.toContain("secret");
  });

  test("finds the address that npm start wrote, and no other without one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "no-redis-"));
    const script =
      "require(process.argv[1]).connect().then(r => r.quit()).then(console.log, e => console.log(e.message))";
    const run = async () => {
      const env = { ...process.env, REDIS_URL: "" };
      const lib = join(root, "src", "lib");
      const child = spawn(process.execPath, ["-e", script, lib], { cwd: folder, env });
      const [text] = (await once(child.stdout, "data")) as [Buffer];
      return text.toString().trim();
    };
    expect(await run()).toMatch(/No Redis is known.*npm start.*REDIS_URL/);
    await mkdir(join(folder, ".lab"));
    await writeFile(join(folder, ".lab", "redis-url"), `${server.url}\n`);
    expect(await run()).toBe("OK");
    await rm(folder, { recursive: true });
  });
});

test("a Redis that was restarted is told once, in the cell that uses it next", async () => {
  const { REDIS_URL: _shared, ...env } = process.env;
  const source = await findRedis({ root, env, log: () => {} });
  if (source.kind !== "program") throw new Error("There is no program of a Redis.");
  const { program } = source;
  const first = await startPrivateRedis(program);
  const before = process.env["REDIS_URL"];
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  try {
    process.env["REDIS_URL"] = first.url;
    const redis = await connect("restarted");
    const other = await connect("restarted too");
    await redis.set("lab:test:a", 1);
    await first.stop();
    const second = await startPrivateRedis(program, async () => first.port);
    try {
      await expect.poll(() => redis.status + other.status, { timeout: 5000 }).toBe("readyready");
      expect(await redis.get("lab:test:a")).toBeNull();
      await other.get("lab:test:a");
      const text = "Redis was restarted and is empty: run this notebook from its first cell.";
      expect(warn.mock.calls).toEqual([[text]]);
    } finally {
      await closeAll();
      await second.stop();
    }
  } finally {
    warn.mockRestore();
    process.env["REDIS_URL"] = before;
  }
});

describe("closeAll", () => {
  test("closes what waits in a blocking call, soon, and may be called again", async () => {
    const blocked = (await connect("blocking")).brpop("lab:test:none", 0).catch((e: Error) => e);
    await connect();
    const started = performance.now();
    await closeAll();
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await blocked).toBeInstanceOf(Error);
    await closeAll();
  });

  test("a client used afterwards opens itself again, and none is opened twice", async () => {
    const redis = await connect();
    for (let round = 0; round < 3; round++) {
      await closeAll();
      await redis.set("lab:test:a", round);
      expect(await redis.multi().get("lab:test:a").exec()).toEqual([[null, String(round)]]);
      expect(await redis.pipeline().get("lab:test:a").exec()).toEqual([[null, String(round)]]);
      await printed(() => cli("PING"));
      expect(await connect()).toBe(redis);
      expect(await connections()).toBe(2);
    }
    await clearKeys("lab:test:");
  });

  test("lets the process end", async () => {
    const script = `const { cli, closeAll, connect } = require("redis-lab");
      (async () => { await connect(); await cli("PING"); await closeAll(); console.log("closed"); })();`;
    const child = spawn(process.execPath, ["-e", script], { cwd: join(root, "notebooks") });
    await once(child.stdout, "data");
    const started = performance.now();
    await once(child, "exit");
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("clearKeys", () => {
  test("deletes what begins with the prefix and nothing else", async () => {
    const redis = await connect();
    await redis.mset({ "lab:a*:1": "x", "lab:a*:[2]": "x", "lab:ab:1": "x" });
    expect(await clearKeys("lab:a*:")).toBe(2);
    expect(await redis.keys("*")).toEqual(["lab:ab:1"]);
    await redis.del("lab:ab:1");
  });

  test.each(["", "*", "lab:", "lab::", "other:1:"])("refuses %j", async (prefix) => {
    await expect(clearKeys(prefix)).rejects.toThrow(/could delete keys of others/);
  });
});

describe("waiting", () => {
  test("ends with the promise, or at the limit with what was waited for", async () => {
    expect(await within(Promise.resolve(1), 10)).toBe(1);
    await expect(within(new Promise(() => {}), 10, "the answer")).rejects.toThrow(
      "Timed out after 10 ms waiting for the answer.",
    );
  });

  test("for an event, and for a condition", async () => {
    const subscriber = await connect("subscriber");
    await subscriber.subscribe("lab:test:channel");
    const message = nextEvent(subscriber, "message");
    await (await connect()).publish("lab:test:channel", "hello");
    expect(await message).toEqual(["lab:test:channel", "hello"]);
    await expect(nextEvent(subscriber, "message", 10)).rejects.toThrow(/"message"/);

    let asked = 0;
    await until(() => ++asked === 3);
    expect(asked).toBe(3);
    await expect(until(() => false, "never", 20)).rejects.toThrow("waiting for never");
  });
});
