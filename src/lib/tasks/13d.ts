import { Redis } from "ioredis";
import { task } from "../exercises/task.js";
import { startRedis } from "../started/start-redis.js";
import { withOpen } from "../with-open.js";

export type Library = () => string;
export type Install = (client: Redis, code: string) => unknown;

async function onServer(work: (client: Redis) => Promise<void>): Promise<void> {
  const server = await startRedis("judge");
  const client = new Redis(server.url);
  try {
    await withOpen(client, () => work(client));
  } finally {
    await server.stop();
  }
}

export const tasks = {
  1: task("EXPIRE when the count is 1", async (t, library: Library) => {
    const code = String((await t.call("library", library)).value);
    await onServer(async (client) => {
      const name = await client
        .call("FUNCTION", "LOAD", code)
        .catch((error: Error) => error.message);
      t.same(name, "lab", "Redis should take the code, as a library called lab.");
      const visit = (key: string, seconds: number) =>
        client.call("FCALL", "visit", 1, key, seconds);
      for (const count of [1, 2, 3]) t.same(await visit("a", 100), count, "It should count.");
      t.same(await client.ttl("a"), 100, "The key should expire after the seconds given.");
      await client.expire("a", 40);
      await visit("a", 100);
      t.same(await client.ttl("a"), 40, "A later visit should not make it live longer.");
      t.same(await visit("b", 7), 1, "Another key should have a count of its own.");
    });
  }),
  2: task("REPLACE", async (t, install: Install) => {
    await onServer(async (client) => {
      for (const value of [1, 2]) {
        const code = `#!lua name=one\nredis.register_function("f", function() return ${value} end)`;
        const run = await t.call("install", () => install(client, code));
        run.gives("one", "It should give the library's name.");
        t.same(await client.call("FCALL", "f", 0), value, "The new version should be called.");
        run.inOneStep("a call in between finds no function");
      }
    });
  }),
};
