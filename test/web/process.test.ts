import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ask, form, picture } from "./http.js";
import { openTestRedis, PNG } from "./server.js";
import { root } from "../root.js";

let redis: Awaited<ReturnType<typeof openTestRedis>>;
let mediaRoot: string;
beforeAll(async () => {
  redis = await openTestRedis();
  mediaRoot = await mkdtemp(join(tmpdir(), "web ż-"));
});
afterAll(async () => {
  await redis?.stop();
  await rm(mediaRoot, { recursive: true, force: true });
});

/** `npm run web` without npm. */
function run(env: NodeJS.ProcessEnv, args: readonly string[] = []) {
  const child = spawn(process.execPath, [join(root, "dist", "scripts", "web.js"), ...args], {
    env: { ...process.env, REDIS_URL: redis.url, MEDIA_ROOT: mediaRoot, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listens = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const found = /Upload page: (http:\S+)[^]*Ctrl-C/.exec(output)?.[1];
        if (found) resolve(found);
      });
    }
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  return { child, listens, ended };
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("serves until %s", async (signal) => {
  const { child, listens, ended } = run({});
  const url = await listens;
  expect(new URL(url).hostname).toBe("127.0.0.1");
  expect((await ask(url, form([picture(PNG)]))).status).toBe(202);
  // A sender that never ends does not keep it, and leaves nothing.
  const { headers, body } = form([picture(Buffer.concat([PNG, Buffer.alloc(1000)]))]);
  const slow = request(url, { method: "POST", headers, agent: false }).on("error", () => {});
  slow.write(body.subarray(0, 800));
  const working = () => readdir(join(mediaRoot, "working"));
  await vi.waitFor(async () => expect(await working()).toHaveLength(1), 10_000);
  child.kill(signal);
  const { code, output } = await ended;
  expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
  expect(output).not.toMatch(/Error/);
  expect(await working()).toEqual([]);
});

test("what is wrong with the settings is said, with exit code 2", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  try {
    const { port } = taken.address() as { port: number };
    const results = await Promise.all([
      run({ PORT: String(port) }).ended,
      run({ PORT: "eighty" }).ended,
      run({ HOST: "192.0.2.1" }).ended,
      run({}, ["--port"]).ended,
    ]);
    expect(results.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    const [inUse, noNumber, noAddress, noOption] = results.map(({ output }) => output);
    expect(inUse).toBe(
      `Port ${port} is in use by another program. Set PORT to another one, or to 0 for any.\n`,
    );
    expect(noNumber).toMatch(/^PORT is "eighty": set it to a whole number from 0 to 65535/);
    expect(noAddress).toMatch(/^HOST is 192\.0\.2\.1, which is not an address of this machine/);
    expect(noOption).toMatch(/^Unknown option '--port'/);
  } finally {
    taken.close();
  }
});

test("--help lists the settings", async () => {
  const { code, output } = await run({}, ["--help"]).ended;
  expect(code).toBe(0);
  for (const name of ["REDIS_URL", "MEDIA_ROOT", "HOST", "PORT"]) expect(output).toContain(name);
});
