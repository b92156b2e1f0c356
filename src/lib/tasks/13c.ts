import { Redis } from "ioredis";
import { task } from "../exercises/task.js";
import { startRedis } from "../started/start-redis.js";
import { withOpen } from "../with-open.js";

export type Login = (
  client: Redis,
  key: string,
  device: string,
  token: string,
  seconds: number,
) => unknown;
export type Alive = (key: string, now: number) => unknown;

export const tasks = {
  1: task("HSET and HEXPIRE in one transaction", async (t, login: Login) => {
    const server = await startRedis("judge", { having: ["HEXPIRE", "HTTL"] });
    const client = new Redis(server.url);
    try {
      await withOpen(client, async () => {
        for (const [device, token, seconds] of [
          ["phone", "a", 100],
          ["laptop", "b", 1000],
          ["phone", "c", 50],
        ] as const) {
          const call = () => login(client, "sessions", device, token, seconds);
          const run = await t.call("login", call);
          t.same(await client.hget("sessions", device), token, "The hash should hold the token.");
          const ttl = await client.call("HTTL", "sessions", "FIELDS", 1, device);
          t.same(ttl, [seconds], `The field ${device} should have ${seconds} seconds.`);
          run.inOneStep("a reader in between finds a token without a limit");
        }
        t.same(await client.ttl("sessions"), -1, "The hash itself should have no limit.");
        const first = await client.call("HTTL", "sessions", "FIELDS", 1, "laptop");
        t.same(first, [1000], "Another device should keep its own limit.");
      });
    } finally {
      await server.stop();
    }
  }),
  2: task("ZRANGEBYSCORE from now on", async (t, alive: Alive) => {
    const key = t.key("ends");
    await t.redis.zadd(key, 1000, "phone", 3000, "laptop", 2000, "watch");
    for (const [now, expected] of [
      [500, ["phone", "watch", "laptop"]],
      [1500, ["watch", "laptop"]],
      [2000, ["laptop"]],
      [9000, []],
    ] as const) {
      const run = await t.call("alive", alive, key, now);
      run.gives(expected).receivesAtMost(expected.length);
    }
    t.same(await t.redis.zcard(key), 3, "It should only read.");
  }),
};
