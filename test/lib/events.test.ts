import { EventEmitter } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAll, connect, nextEvents, untilBlocked } from "#lib/index.js";
import { openLab } from "./lab.js";

let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});

test("collects so many events and then listens no more", async () => {
  const emitter = new EventEmitter();
  const events = nextEvents(emitter, "message", 2);
  for (const text of ["a", "b", "c"]) emitter.emit("message", "channel", text);
  expect(await events).toEqual([
    ["channel", "a"],
    ["channel", "b"],
  ]);
  expect(emitter.listenerCount("message")).toBe(0);

  const missing = nextEvents(emitter, "message", 2, 10);
  emitter.emit("message");
  await expect(missing).rejects.toThrow('after 10 ms waiting for the event "message" 2 times');
  expect(emitter.listenerCount("message")).toBe(0);
});

test("waits until another connection blocks, and for no other", async () => {
  const redis = await connect();
  const reader = await connect("blocked reader");
  await expect(untilBlocked(reader, 20)).rejects.toThrow(
    'waiting for a blocking call of the connection "blocked-reader"',
  );
  const reply = reader.xread("BLOCK", 5000, "STREAMS", "lab:test:stream", "$");
  await untilBlocked(reader);
  await expect(untilBlocked(redis, 20)).rejects.toThrow('connection "main"');
  await redis.xadd("lab:test:stream", "1-0", "a", "b");
  expect(await reply).toEqual([["lab:test:stream", [["1-0", ["a", "b"]]]]]);
  await redis.del("lab:test:stream");
});

test("on the older protocol a subscriber may do nothing else, on the newer it may", async () => {
  const [older, newer] = [await connect("older", { protocol: 2 }), await connect("newer")];
  for (const client of [older, newer]) await client.subscribe("lab:test:channel");
  await expect(older.get("lab:test:a")).rejects.toThrow(/subscriber mode/);
  expect(await newer.get("lab:test:a")).toBeNull();
  for (const client of [older, newer]) await client.unsubscribe();
});
