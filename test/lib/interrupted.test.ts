import { channel } from "node:diagnostics_channel";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { closeAll, connect, untilBlocked } from "#lib/index.js";
import { shown, TestKernel } from "../kernel/client.js";
import { root } from "../root.js";
import { openLab } from "./lab.js";

let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});
beforeEach(async () => void (await (await connect()).flushdb()));

test("connect() opens a connection anew that still waits in a blocking call, the same for all who hold it", async () => {
  const reader = await connect("stuck");
  const waiting = reader.brpop("lab:test:none", 0).catch((error: Error) => error.message);
  const behind = reader.ping().catch((error: Error) => error.message);
  await untilBlocked(reader);
  const began = performance.now();
  expect(await connect("stuck")).toBe(reader);
  expect(performance.now() - began).toBeLessThan(1500);
  expect([await waiting, await behind]).toEqual(["Connection is closed.", "Connection is closed."]);
  expect(await reader.ping()).toBe("PONG");
});

test("connect() waits for a blocking call that comes to its end, and for a busy server", async () => {
  const reader = await connect("soon done");
  const waiting = reader.brpop("lab:test:list", 0);
  await untilBlocked(reader);
  const again = connect("soon done");
  await (await connect()).lpush("lab:test:list", "value");
  expect(await again).toBe(reader);
  expect(await waiting).toEqual(["lab:test:list", "value"]);
});

test("a command that is sent while a connection is dropped goes over the next one", async () => {
  const client = await connect("dropped");
  const waiting = client.brpop("lab:test:none", 0).catch((error: Error) => error.message);
  await untilBlocked(client);
  channel("typescript-kernel:interrupt").publish({
    awaited: undefined,
    terminated: true,
    startedAt: 0,
  });
  expect(await client.ping()).toBe("PONG");
  expect(await waiting).toBe("Connection is closed.");
});

test("a kernel that tells of an interrupt frees the connection that the cell awaited, and no other", async () => {
  const [stopped, other] = await Promise.all([connect("stopped"), connect("goes on")]);
  const awaited = stopped.blmove("lab:test:a", "lab:test:b", "LEFT", "LEFT", 0);
  const ended = awaited.catch((error: Error) => error.message);
  const kept = other.brpop("lab:test:list", 0);
  await Promise.all([untilBlocked(stopped), untilBlocked(other)]);
  channel("typescript-kernel:interrupt").publish({ awaited });
  expect(await ended).toBe("Connection is closed.");
  expect(await stopped.ping()).toBe("PONG");
  await (await connect()).lpush("lab:test:list", "value");
  expect(await kept).toEqual(["lab:test:list", "value"]);
});

test("after an interrupt of BRPOP the next cell's command is answered", async () => {
  const kernel = await TestKernel.start({ cwd: root, args: ["--check=off"] });
  try {
    await kernel.run('import { connect } from "redis-lab"; const redis = await connect("cell");');
    const begun = kernel.next(({ content }) => String(content["text"]).startsWith("begun"));
    const cell = kernel.start('console.log("begun"); await redis.brpop("lab:test:none", 0)');
    await begun;
    await kernel.interrupt();
    expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
    expect(shown(await kernel.run("await redis.ping()"))).toBe("PONG");
    const errors = kernel.published.filter(({ header }) => header.msg_type === "error");
    expect(errors.map(({ content }) => content["ename"])).toEqual(["KeyboardInterrupt"]);
  } finally {
    await kernel.stop();
  }
});

test("code that was cut short leaves no connection blocked, but those of earlier cells as they are", async () => {
  const kernel = await TestKernel.start({ cwd: root, args: ["--check=off"] });
  try {
    await kernel.run(`
      import { connect, untilBlocked } from "redis-lab";
      const [redis, reader] = [await connect("cut"), await connect("reader")];
      const read = reader.brpop("lab:test:list", 0);
      await untilBlocked(reader)`);
    const begun = kernel.next(({ content }) => String(content["text"]).startsWith("begun"));
    const loop =
      'const lost = redis.brpop("lab:test:none", 0); console.log("begun"); while (true);';
    const cell = kernel.start(loop);
    await begun;
    await kernel.interrupt();
    expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
    expect(shown(await kernel.run('await redis.lpush("lab:test:list", "value")'))).toBe("1");
    expect(shown(await kernel.run("(await read)?.[1]"))).toBe("value");
    const errors = kernel.published.filter(({ header }) => header.msg_type === "error");
    expect(errors.map(({ content }) => content["ename"])).toEqual(["KeyboardInterrupt"]);
  } finally {
    await kernel.stop();
  }
});
