import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { processesOf, startLab, stillRunning, type Lab } from "./lab-process.js";
import { root } from "../root.js";

const open: Lab[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((lab) => lab.end()));
});
async function start(...args: Parameters<typeof startLab>) {
  const lab = await startLab(...args);
  open.push(lab);
  return lab;
}
let count = 0;
/** Marks the environment of a lab, so that its processes can be told from others. */
const marker = () => `REDIS_LAB_TEST=${process.pid}-${++count}`;
const asEnv = (mark: string) => ({ REDIS_LAB_TEST: mark.split("=")[1] });

/** Redis names itself anew; the Valkey of PyPI has another path. */
const REDIS = /(redis-server|valkey-server|redis|valkey)\S* .*(unixsocket|:\d+)/;

async function startKernel(lab: Lab): Promise<void> {
  const url = new URL(lab.url);
  const headers = { authorization: `token ${url.searchParams.get("token")}` };
  const answer = await fetch(new URL("/api/kernels", url), { method: "POST", headers, body: "{}" });
  expect(answer.status).toBe(201);
}

test("listens on 127.0.0.1 only, wants its token, offers only the lab's kernels", async () => {
  const lab = await start(["--no-browser"]);
  const url = new URL(lab.url);
  expect(url.hostname).toBe("127.0.0.1");
  const token = url.searchParams.get("token") ?? "";
  expect(token).toMatch(/^[0-9a-f]{48}$/);
  const kernelspecs = new URL("/api/kernelspecs", url);
  expect((await fetch(kernelspecs)).status).toBe(403);
  const answer = await fetch(kernelspecs, { headers: { authorization: `token ${token}` } });
  const specs = (await answer.json()) as { default: string; kernelspecs: object };
  expect(specs.default).toBe("typescript");
  expect(Object.keys(specs.kernelspecs).toSorted()).toEqual(["javascript", "tslab", "typescript"]);
  expect((await fetch(lab.url)).status).toBe(200);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends all of it in 5 s", async (signal) => {
  const mark = marker();
  const lab = await start(["--no-browser"], asEnv(mark));
  await startKernel(lab);
  const before = await processesOf(lab.child.pid, mark);
  const commands = before.map(({ command }) => command).join("\n");
  expect(commands).toMatch(/kernel-/);
  expect(commands).toMatch(REDIS);
  const { code, ms } = await lab.end(signal);
  expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
  expect(ms).toBeLessThan(5000);
  expect(await stillRunning(before, mark)).toEqual([]);
});

test("kill -9 leaves no Redis, kernel or Jupyter after 5 s", async () => {
  const mark = marker();
  const lab = await start(["--no-browser"], asEnv(mark));
  await startKernel(lab);
  const before = await processesOf(lab.child.pid, mark);
  lab.child.kill("SIGKILL");
  await sleep(5000);
  expect(await stillRunning(before, mark)).toEqual([]);
});

test("it ends in 5 s with the npm that runs it, however that ends", async () => {
  const mark = marker();
  const env = { ...process.env, ...asEnv(mark) };
  const npm = spawn("npm", ["start", "--", "--no-browser"], { cwd: root, env });
  let output = "";
  npm.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  while (!output.includes("Ctrl-C"))
    await Promise.race([once(npm.stderr, "data"), once(npm, "exit")]);
  const before = await processesOf(npm.pid, mark);
  npm.kill("SIGKILL");
  await sleep(5000);
  expect(await stillRunning(before, mark)).toEqual([]);
});

test.each([
  ["worker", /worker\/dist\/main\.js/],
  ["upload page", /web\/dist\/main\.js/],
  ["Redis", REDIS],
])("a killed %s is started again, and JupyterLab with its kernels lives on", async (_, command) => {
  const mark = marker();
  const lab = await start(["--no-browser"], asEnv(mark));
  await startKernel(lab);
  const running = async () =>
    (await processesOf(lab.child.pid, mark)).filter((one) => command.test(one.command));
  // What runs a program may name it, too: the last one started is the program itself.
  const before = await running();
  const victim = before.at(-1);
  if (victim === undefined) throw new Error(`Nothing runs like ${command.source}.`);
  process.kill(victim.pid, "SIGKILL");
  await vi.waitFor(() => expect(lab.output()).toMatch(/was ended by SIGKILL.*runs again/s), 20_000);
  expect(await running()).toHaveLength(before.length);
  expect(lab.child.exitCode).toBeNull();
  expect((await fetch(lab.url)).status).toBe(200);
});

test("some started at once: each has its own port and Redis", async () => {
  const labs = await Promise.all([1, 2, 3].map(() => start(["--no-browser"])));
  const port = (lab: Lab) => new URL(lab.url).port;
  expect(new Set(labs.map(port)).size).toBe(3);
  const redis = (lab: Lab) => /redis:\/\/\S+/.exec(lab.output())?.[0];
  expect(new Set(labs.map(redis)).size).toBe(3);
});

test("a port in use, and a wrong one, are said", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as { port: number };
    await expect(startLab(["--port", String(port)])).rejects.toThrow(
      new RegExp(`ended with 2:\\nPort ${port} is in use by another program.*--port N`, "s"),
    );
  } finally {
    server.close();
  }
  await expect(startLab(["--port", "0x50"])).rejects.toThrow(/ended with 2:\n--port takes/);
  await expect(startLab(["--prot", "1"])).rejects.toThrow(/ended with 2:\nUnknown option/);
});
