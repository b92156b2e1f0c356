import { EventEmitter } from "node:events";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withOpen } from "#lib/index.js";
import { openLab } from "./lab.js";

let lab: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.stop());

class Closing extends EventEmitter {
  constructor(
    readonly name: string,
    readonly closed: string[],
  ) {
    super();
  }
  async close(): Promise<void> {
    this.closed.push(this.name);
  }
}

test("gives what the block gives, and closes all, the last one first", async () => {
  const closed: string[] = [];
  const all = [new Closing("a", closed), new Closing("b", closed)];
  expect(await withOpen(all, () => "result")).toBe("result");
  expect(closed).toEqual(["b", "a"]);
});

test("closes when the block fails, and hands its error on", async () => {
  const closed: string[] = [];
  const failing = withOpen(new Closing("a", closed), () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(closed).toEqual(["a"]);
});

test("an ioredis client has ended afterwards", async () => {
  const client = new Redis(lab.url);
  expect(await withOpen(client, () => client.ping())).toBe("PONG");
  expect(client.status).toBe("end");
});

test("an error event that nobody listens for does not throw, and one's own listener is kept", async () => {
  const errors: string[] = [];
  const listened = new Closing("a", []);
  listened.on("error", (error: Error) => errors.push(error.message));
  await withOpen([new Closing("b", []), listened], () => {
    listened.emit("error", new Error("heard"));
  });
  const silent = new Closing("c", []);
  await withOpen(silent, () => silent.emit("error", new Error("unheard")));
  expect(errors).toEqual(["heard"]);
});
