import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAll, connect, listen } from "#lib/index.js";
import { openLab } from "./lab.js";

let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});

test("gives the messages of the block in their order, and no later ones", async () => {
  const redis = await connect();
  await redis.publish("lab:listen:a", "before");
  const messages = await listen("lab:listen:?", async () => {
    await redis.publish("lab:listen:a", "1");
    await redis.publish("lab:listen:other", "not this one");
    await redis.publish("lab:listen:b", "2");
  });
  await redis.publish("lab:listen:a", "after");
  expect(messages).toEqual([
    { channel: "lab:listen:a", message: "1" },
    { channel: "lab:listen:b", message: "2" },
  ]);
  expect(await listen("lab:listen:a", () => {})).toEqual([]);
});

test("one inside another hears its own pattern only; a block that throws leaves no connection", async () => {
  const redis = await connect();
  const count = async () => String(await redis.client("LIST")).split("\n").length;
  let inner: unknown;
  const outer = await listen("lab:listen:a", async () => {
    inner = await listen("lab:listen:b", async () => {
      await redis.publish("lab:listen:a", "x");
      await redis.publish("lab:listen:b", "y");
    });
  });
  expect(outer).toEqual([{ channel: "lab:listen:a", message: "x" }]);
  expect(inner).toEqual([{ channel: "lab:listen:b", message: "y" }]);

  const before = await count();
  const failing = listen("lab:listen:a", () => {
    throw new Error("no more");
  });
  await expect(failing).rejects.toThrow("no more");
  expect(await count()).toBe(before);
});
