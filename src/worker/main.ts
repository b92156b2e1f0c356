#!/usr/bin/env node
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { openTracing, withoutPassword } from "redis-lab-jobs";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { runMain } from "guarded-processes/run-main";
import { tellParent } from "guarded-processes/service-message";
import { openLog } from "./log.js";
import { WORKER_ENV, workerSettings } from "./settings.js";
import { startWorker } from "./start-worker.js";

const HELP = `Usage: npm run worker

Does the background jobs: multiply, divide and make-thumbnails. Any number of workers may serve one
Redis, on many machines, if MEDIA_ROOT is one that they share. Ctrl-C or SIGTERM ends it: jobs
at work are finished, or handed back after STOP_SECONDS.

  REDIS_URL           default: the Redis that \`npm start\` runs. Also rediss://, a socket's path,
                      redis+sentinel://HOST:PORT,HOST:PORT/NAME, or a cluster's nodes with commas
  REDIS_PREFIX        where the keys of the queues begin (default: lab:jobs)
  REDIS_TLS_CA        file of the authority that signed Redis's certificate; REDIS_TLS_CERT and
                      REDIS_TLS_KEY are the client's own, where Redis asks for one
  MEDIA_ROOT          pictures and zips: a folder (default: .lab/media), or s3://BUCKET/PREFIX with
                      AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
  STORAGE_RETRY_SECONDS  a job waits so long, then longer, when storage is full (default: 10)
  WORKER_CONCURRENCY  pictures at a time (default: the number of cores, 4 at most)
  LOCK_SECONDS        a job whose worker is silent for so long is taken over (default: 15)
  STOP_SECONDS        how long jobs may go on after SIGTERM (default: 10)
  KEEP_SECONDS        how long finished jobs and their files are kept (default: a day)
  PICTURES_PER_MINUTE that all workers together begin, to spare storage (default: no limit)
  METRICS_PORT        answers http://127.0.0.1:PORT/metrics for Prometheus (default: none)
  OTEL_EXPORTER_OTLP_ENDPOINT  where traces go, from upload to zip (default: nowhere)
  LOG_LEVEL           debug, info (default), warn, error or silent
`;
/** How long the last traces may take. */
const TRACES_MS = 2000;
const WORKER = { packageFile: "redis-lab-worker/package.json", from: import.meta.url };

await runMain(WORKER, async ({ signal, name }) => {
  if (process.argv.slice(2).includes("--help")) return void process.stdout.write(HELP);
  if (Object.keys(WORKER_ENV).some((variable) => process.env[variable] === undefined)) {
    return runWithEnv(signal, name);
  }
  return run(signal, name);
});

/** @returns the exit status: SIGTERM is how a system asks a service to end, and no failure */
async function run(signal: AbortSignal, name: () => NodeJS.Signals | undefined): Promise<number> {
  const settings = workerSettings(process.env);
  const endTracing = await openTracing("redis-lab-worker");
  const log = openLog(process.env["LOG_LEVEL"] || "info", process.stdout.isTTY, (notice) =>
    tellParent({ notice }),
  );
  const asked = signal.aborted ? Promise.resolve() : once(signal, "abort");
  const ended = asked.then(() => {
    log.info({ signal: name() }, "stopping");
    return undefined;
  });
  log.info({ redis: withoutPassword(settings.redisUrl) }, "connecting");
  const worker = await Promise.race([startWorker(settings, log), ended]);
  if (worker === undefined) process.exit(statusOf(name()));
  const { mediaRoot, concurrency } = settings;
  log.info({ mediaRoot, concurrency, metrics: worker.metricsUrl }, "worker ready");
  tellParent({ ready: true });
  await ended;
  const isDone = await worker.stop();
  await Promise.race([endTracing(), sleep(TRACES_MS)]);
  log.info(isDone ? "stopped" : "stopped; Redis did not answer, so jobs are taken over later");
  process.exit(isDone ? statusOf(name()) : 1);
}

function statusOf(signal: NodeJS.Signals | undefined): number {
  return signal === "SIGINT" ? 130 : signal === "SIGHUP" ? 129 : 0;
}

/** Some variables count only when they are there before a process starts: so another one does the work. */
async function runWithEnv(signal: AbortSignal, name: () => NodeJS.Signals | undefined) {
  const worker = GuardedProcess.start(process.execPath, [fileURLToPath(import.meta.url)], {
    env: { ...WORKER_ENV, ...process.env },
    stdio: "inherit",
  });
  signal.addEventListener("abort", () => worker.signal(name() ?? "SIGTERM"));
  const { code, error } = await worker.exited;
  if (error) throw error;
  process.exit(code ?? 1);
}
