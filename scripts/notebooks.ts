import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UnknownKernelError } from "../src/jupyter/errors.js";
import { runCommand, type CommandHost } from "../src/runner/command.js";
import { UsageError } from "../src/runner/errors.js";
import { HELP, readOptions, type Options } from "../src/runner/options.js";
import { watchCommand } from "../src/runner/watch.js";
import { NoRedisError, RedisUrlError, ServerStartError } from "../src/services/errors.js";
import { findRedis, openRedis } from "../src/services/redis.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

// @jupyterlab/services tells its doings there, and Node prints them among the reports.
console.debug = () => {};
const interrupted = new AbortController();
let interruptedStatus: number | undefined;
for (const [signal, status] of Object.entries(SIGNALS)) {
  process.on(signal, () => {
    // A second time: at once. Whatever is left is ended by the guards of the child processes.
    if (interruptedStatus !== undefined) process.exit(status);
    interruptedStatus = status;
    interrupted.abort();
  });
}

try {
  const status = await main(readOptions(process.argv.slice(2)));
  process.exitCode = interruptedStatus ?? status;
} catch (error) {
  if (interruptedStatus !== undefined) process.exitCode = interruptedStatus;
  else if (isUsersToMend(error)) {
    console.error(error.message);
    process.exitCode = 2;
  } else throw error;
}

async function main(options: Options): Promise<number> {
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const env = options.redisUrl ? { ...process.env, REDIS_URL: options.redisUrl } : process.env;
  const log = (line: string) => console.error(line);
  // Looked for when a notebook is about to run: wrong names are told without one.
  let redis: ReturnType<typeof findRedis> | undefined;
  const called = process.env["INIT_CWD"];
  const host: CommandHost = {
    root,
    standard: ["notebooks"],
    // npm changes into the project's folder; names may be meant from where the user called it.
    folders: called === undefined ? [process.cwd()] : [process.cwd(), called],
    pathOf: (name) => resolve(process.cwd() === root ? (called ?? root) : process.cwd(), name),
    env,
    signal: interrupted.signal,
    terminal: {
      write: (text) => process.stdout.write(text),
      isTerminal: process.stdout.isTTY && process.env["CI"] === undefined,
      columns: process.stdout.columns ?? 80,
    },
    openSlot: async () => {
      redis ??= findRedis({ env, root, log, signal: interrupted.signal });
      const server = await openRedis(await redis);
      return { env: { REDIS_URL: server.url }, stop: () => server.stop() };
    },
  };
  return options.watch ? watchCommand(options, host) : runCommand(options, host);
}

function isUsersToMend(error: unknown): error is Error {
  return [UsageError, UnknownKernelError, NoRedisError, RedisUrlError, ServerStartError].some(
    (type) => error instanceof type,
  );
}
