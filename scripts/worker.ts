import { fileURLToPath } from "node:url";
import {
  NoRedisUrlError,
  RedisUnusableError,
  RedisUrlError,
  SettingError,
  withoutPassword,
} from "redis-lab-jobs";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { WORKER_ENV } from "redis-lab-start/services/job-services";
import { onNpmGone } from "guarded-processes/end-on-signals";
import { openLog } from "redis-lab-worker/log";
import { workerSettings } from "redis-lab-worker/settings";
import { startWorker } from "redis-lab-worker/start-worker";

const HELP = `Usage: npm run worker

Does the background jobs: multiply, divide and make-thumbnails. Any number of workers may serve one
Redis, on many machines, if MEDIA_ROOT is a folder that they share. Ctrl-C or SIGTERM ends it: jobs
at work are finished, or handed back after STOP_SECONDS.

  REDIS_URL           default: the Redis that \`npm start\` runs. Also rediss://, a socket's path,
                      redis+sentinel://HOST:PORT,HOST:PORT/NAME, or a cluster's nodes with commas
  REDIS_PREFIX        where the keys of the queues begin (default: lab:jobs)
  REDIS_TLS_CA        file of the authority that signed Redis's certificate; REDIS_TLS_CERT and
                      REDIS_TLS_KEY are the client's own, where Redis asks for one
  MEDIA_ROOT          pictures and zips (default: .lab/media)
  WORKER_CONCURRENCY  pictures at a time (default: the number of cores, 4 at most)
  LOCK_SECONDS        a job whose worker is silent for so long is taken over (default: 15)
  STOP_SECONDS        how long jobs may go on after SIGTERM (default: 10)
  KEEP_SECONDS        how long finished jobs and their files are kept (default: a day)
  METRICS_PORT        answers http://127.0.0.1:PORT/metrics for Prometheus (default: none)
  LOG_LEVEL           debug, info (default), warn, error or silent
`;
const USERS_TO_MEND = [NoRedisUrlError, RedisUnusableError, RedisUrlError, SettingError];
const SIGNALS = { SIGINT: 130, SIGTERM: 0, SIGHUP: 129 } as const;

if (process.argv.slice(2).includes("--help")) process.stdout.write(HELP);
else if (Object.keys(WORKER_ENV).some((name) => process.env[name] === undefined)) {
  process.exitCode = await runWithEnv();
} else {
  try {
    await run();
  } catch (error) {
    const isUsersToMend =
      USERS_TO_MEND.some((type) => error instanceof type) ||
      (error as { code?: string }).code === "EADDRINUSE";
    if (!isUsersToMend) throw error;
    console.error((error as Error).message);
    process.exitCode = 2;
  }
}

async function run(): Promise<void> {
  const settings = workerSettings(process.env);
  const level = process.env["LOG_LEVEL"] || "info";
  const log = openLog(level, process.stdout.isTTY);
  let isStopping = false;
  let end = (_status: number) => {};
  const ended = new Promise<number>((resolve) => (end = resolve));
  for (const [signal, status] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      // A second time: at once. Jobs at work are taken over by another worker.
      if (isStopping) process.exit(status);
      isStopping = true;
      log.info({ signal }, "stopping");
      end(status);
    });
  }
  onNpmGone(() => process.emit("SIGTERM"));
  log.info({ redis: withoutPassword(settings.redisUrl) }, "connecting");
  const worker = await Promise.race([startWorker(settings, log), ended]);
  if (typeof worker === "number") process.exit(worker);
  const { mediaRoot, concurrency } = settings;
  log.info({ mediaRoot, concurrency, metrics: worker.metricsUrl }, "worker ready");
  const status = await ended;
  const isDone = await worker.stop();
  log.info(isDone ? "stopped" : "stopped; Redis did not answer, so jobs are taken over later");
  process.exit(isDone ? status : 1);
}

/** Some variables count only when they are there before a process starts: so another one does the work. */
async function runWithEnv(): Promise<number> {
  const script = fileURLToPath(import.meta.url);
  const worker = GuardedProcess.start(process.execPath, [script], {
    env: { ...WORKER_ENV, ...process.env },
    stdio: "inherit",
  });
  for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
    process.on(signal, () => worker.signal(signal));
  }
  onNpmGone(() => worker.signal("SIGTERM"));
  const { code, error } = await worker.exited;
  if (error) throw error;
  return code ?? 1;
}
