import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { findRedis } from "#lab/redis/find-redis.js";
import { endMarked, markedProcesses } from "../../bench/faults/processes.js";
import { root } from "../root.js";
import { eventually, freshFolder, writeProgram } from "./fixtures.js";

const folder = freshFolder();
const servers: Server[] = [];
afterEach(async () => {
  await endMarked(folder());
  for (const server of servers.splice(0)) server.close();
});

/** A server that takes every connection and never says a word. */
async function silentServer(): Promise<number> {
  const server = createServer((socket) => void socket.on("error", () => {}).unref());
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** The lab of a project that has the packages of this one, and a Python of its own. */
async function project(python: string): Promise<void> {
  await Promise.all(
    ["notebooks", "tmp", ".venv/bin"].map((name) =>
      mkdir(join(folder(), name), { recursive: true }),
    ),
  );
  await symlink(join(root, "node_modules"), join(folder(), "node_modules"));
  await writeFile(join(folder(), "requirements.txt"), "jupyterlab==0\n");
  await writeProgram(join(folder(), ".venv/bin/python"), python);
}

/** As if all were installed. */
async function markInstalled(): Promise<void> {
  const hash = createHash("sha256").update("jupyterlab==0\n").digest("hex");
  await writeFile(join(folder(), ".venv/requirements.sha256"), hash);
}

/** The project of the test has no server of its own in `.venv`. */
const { REDIS_URL: _shared, ...own } = process.env;
const source = await findRedis({ root, env: own, log: () => {} });
const REDIS_LAB_SERVER = source.kind === "program" ? source.program : "redis-server";

function start(env: NodeJS.ProcessEnv) {
  const args = [
    "--preserve-symlinks",
    "--preserve-symlinks-main",
    "node_modules/redis-lab-start/dist/cli/start.js",
    "--no-browser",
  ];
  const child = spawn(process.execPath, args, {
    cwd: folder(),
    env: {
      ...process.env,
      REDIS_LAB_SERVER,
      REDIS_URL: "",
      TMPDIR: join(folder(), "tmp"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  return { child, output: () => output };
}

async function interrupt(child: ChildProcess, times: number): Promise<number> {
  const begun = performance.now();
  const ended = once(child, "exit");
  for (let time = 0; time < times; time++) {
    child.kill("SIGINT");
    // Two that come at once are one to the process.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await ended).toEqual([130, null]);
  return performance.now() - begun;
}

/** What runs for the lab, and what it has in TMPDIR. */
async function left(): Promise<string[]> {
  const processes = (await markedProcesses(folder())).map(({ command }) => command);
  return [...processes, ...(await readdir(join(folder(), "tmp")))];
}
const runs = (text: string) => async () =>
  (await markedProcesses(folder())).some(({ command }) => command.includes(text));

/** Waits for a registry, deaf to what asks it to end. */
const PIP = `
case "$*" in
  *"pip install --disable"*) trap '' TERM INT; exec 3<>/dev/tcp/127.0.0.1/$PORT; read -r line <&3 ;;
esac`;
/** Never answers. */
const JUPYTER = `trap '' TERM INT; while :; do sleep 0.1; done`;

test.runIf(process.platform === "linux")("two Ctrl-C while a registry never answers", async () => {
  await project(`exec /bin/bash -c '${PIP.replaceAll("'", `'\\''`)}' python "$@"`);
  const { child } = start({ PORT: String(await silentServer()) });
  expect(await eventually(runs("pip install --disable"), 15_000)).toBe(true);
  expect(await interrupt(child, 2)).toBeLessThan(1000);
  expect(await eventually(async () => (await left()).length === 0, 10_000)).toBe(true);
  expect(await readdir(join(folder(), ".lab"))).not.toContain("venv.lock");
});

test.runIf(process.platform === "linux")("one Ctrl-C while JupyterLab never answers", async () => {
  await project(JUPYTER);
  await markInstalled();
  const { child } = start({});
  expect(await eventually(runs("-m jupyterlab"), 15_000)).toBe(true);
  expect(await interrupt(child, 1)).toBeLessThan(5000);
  expect(await eventually(async () => (await left()).length === 0, 10_000)).toBe(true);
});

test("a Redis that never answers is told within 3 s, with status 2", async () => {
  await project(JUPYTER);
  await markInstalled();
  const port = await silentServer();
  const { child, output } = start({ REDIS_URL: `redis://:secret@127.0.0.1:${port}` });
  expect(await once(child, "exit")).toEqual([2, null]);
  expect(output()).toMatch(/^REDIS_URL is redis:\/\/.*, but no Redis answers there \(no answer/);
  expect(output()).not.toContain("secret");
  expect(await left()).toEqual([]);
});
