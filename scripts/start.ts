import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  NoJupyterLabError,
  NoRedisError,
  PortInUseError,
  RedisUrlError,
  ServerStartError,
} from "../src/services/errors.js";
import { installJupyterLab } from "../src/services/jupyter-lab-install.js";
import { startJupyter } from "../src/services/jupyter-server.js";
import { checkRedisUrl } from "../src/services/redis-url.js";
import { provideRedis } from "../src/services/redis.js";

const HELP = `Usage: npm start [-- options]

Opens the lab in JupyterLab: a Redis of its own (or that of REDIS_URL), and JupyterLab on the
notebooks. Ctrl-C ends both.

  --port N      JupyterLab's port (default: 8888, or the next one that is free)
  --no-browser  do not open the browser
  --help        this text
`;
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const redisUrlFile = join(root, ".lab", "redis-url");
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const say = (line: string) => console.error(line);

const ending = new AbortController();
let status = 0;
for (const [signal, code] of Object.entries(SIGNALS)) {
  process.on(signal, () => {
    // A second time: at once. The guards of the child processes end what is left.
    if (ending.signal.aborted) process.exit(code);
    status = code;
    ending.abort();
  });
}

try {
  const options = readOptions();
  if (options === undefined) process.stdout.write(HELP);
  else await openLab(options);
} catch (error) {
  if (!ending.signal.aborted) {
    if (!isUsersToMend(error)) throw error;
    say(error.message);
    status = 2;
  }
}
process.exitCode = status;

async function openLab({ port, browser }: { port?: number; browser: boolean }): Promise<void> {
  const { signal } = ending;
  const common = { root, env: process.env, log: say, signal };
  const python = await installJupyterLab(common);
  const redis = await provideRedis(common);
  const isShared = await shareUrl(redis.url);
  try {
    const env = { ...process.env, REDIS_URL: redis.url };
    const openBrowser = browser && hasDisplay();
    const jupyter = await startJupyter({ root, python, env, port, openBrowser, signal });
    try {
      const shown = redis.url.replace(/\/\/.*@/, "//");
      say(
        `Redis:      ${shown}${redis.source.kind === "url" ? "" : " (private, empty at each start)"}`,
      );
      say(`JupyterLab: ${jupyter.url}`);
      say("Ctrl-C ends the lab. Save your changes in JupyterLab first (Ctrl-S).");
      const aborted = new Promise<void>((resolve) =>
        signal.addEventListener("abort", () => resolve()),
      );
      const ended = await Promise.race([
        aborted,
        jupyter.exited.then(() => "JupyterLab"),
        redis.exited?.then(() => "Redis") ?? aborted,
      ]);
      if (ended !== undefined && !signal.aborted) {
        say(`${ended} has ended by itself, so the lab ends.\n${jupyter.log().trimEnd()}`);
        status = 1;
      }
    } finally {
      await jupyter.stop();
    }
  } finally {
    await redis.stop();
    if (isShared) await rm(redisUrlFile, { force: true });
  }
}

/** Tells notebooks that are opened elsewhere, such as in VS Code; the first lab that runs does. */
async function shareUrl(url: string): Promise<boolean> {
  const earlier = await readFile(redisUrlFile, "utf8").catch(() => "");
  const isAlive = async () =>
    checkRedisUrl(earlier.trim()).then(
      () => true,
      () => false,
    );
  if (earlier !== "" && (await isAlive())) return false;
  await mkdir(dirname(redisUrlFile), { recursive: true });
  // It may hold a password.
  await writeFile(redisUrlFile, `${url}\n`, { mode: 0o600 });
  return true;
}

function readOptions(): { port?: number; browser: boolean } | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      browser: { type: "boolean", default: true },
      help: { type: "boolean" },
    },
    allowNegative: true,
  });
  if (values.help) return undefined;
  const { port, browser } = values;
  if (port === undefined) return { browser };
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw new RangeError(`--port takes a number from 1 to 65535, not ${port}.`);
  }
  return { port: Number(port), browser };
}

/** Over SSH, in a container and in CI there is no browser to open. */
function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, CI } = process.env;
  if (CI || !process.stdout.isTTY) return false;
  return ["darwin", "win32"].includes(process.platform) || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

function isUsersToMend(error: unknown): error is Error {
  const isUsage = (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  return (
    isUsage ||
    [
      NoJupyterLabError,
      NoRedisError,
      PortInUseError,
      RedisUrlError,
      ServerStartError,
      RangeError,
    ].some((type) => error instanceof type)
  );
}
