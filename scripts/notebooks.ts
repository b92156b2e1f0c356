import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import {
  bundledTslab,
  bundledTypescript,
  installedKernel,
  type KernelLaunch,
} from "../src/runner/launch.js";
import { UnknownKernelError } from "../src/jupyter/errors.js";
import { UsageError } from "../src/runner/errors.js";
import { readNotebook, type Notebook } from "../src/runner/notebook.js";
import { HELP, readOptions, type Options } from "../src/runner/options.js";
import { Report } from "../src/runner/report.js";
import { runAll } from "../src/runner/run-all.js";
import { selectFiles } from "../src/runner/select-files.js";
import { withWorker } from "../src/runner/worker-slot.js";
import { NoRedisError, RedisUrlError, ServerStartError } from "../src/services/errors.js";
import { findRedis, openRedis } from "../src/services/redis.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

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
  const files = await select(options.names);
  const notebooks = await readAll(files);
  const launch = await findLaunch(options.kernel);
  const env = options.redisUrl ? { ...process.env, REDIS_URL: options.redisUrl } : process.env;
  const log = (line: string) => console.error(line);
  const redis = await findRedis({ env, root, log, signal: interrupted.signal });

  const report = new Report(notebooks.length, {
    write: (text) => process.stdout.write(text),
    isTerminal: process.stdout.isTTY && process.env["CI"] === undefined,
    columns: process.stdout.columns ?? 80,
  });
  const started = performance.now();
  const results = await runAll(notebooks, {
    ...options,
    launch,
    env,
    signal: interrupted.signal,
    openSlot: async () => {
      const server = await openRedis(redis);
      const slot = { env: { REDIS_URL: server.url }, stop: () => server.stop() };
      return withWorker(slot, { root, env, isShared: redis.kind === "url" });
    },
    onEvent: report.onEvent,
  });
  report.end(results, performance.now() - started);
  return results.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

/** The kernels that come with the project need no installation. */
async function findLaunch(name: string | undefined): Promise<KernelLaunch> {
  if (name === undefined) return bundledTslab();
  if (name === "typescript") return bundledTypescript();
  return installedKernel(name, root);
}

/** npm changes into the project's folder; names may be meant from where the user called it. */
async function select(names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return selectFiles(["notebooks"], [root]);
  const called = process.env["INIT_CWD"];
  return selectFiles(names, called === undefined ? [process.cwd()] : [process.cwd(), called]);
}

/** Reads all before any runs, and names all that are invalid. */
async function readAll(files: readonly string[]): Promise<Notebook[]> {
  const read = await Promise.allSettled(files.map(readNotebook));
  const errors = read.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  const unexpected = errors.find((error) => !(error instanceof UsageError));
  if (unexpected) throw unexpected;
  if (errors.length > 0) throw new UsageError(errors.map(({ message }) => message).join("\n"));
  return read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

function isUsersToMend(error: unknown): error is Error {
  return [UsageError, UnknownKernelError, NoRedisError, RedisUrlError, ServerStartError].some(
    (type) => error instanceof type,
  );
}
