#!/usr/bin/env node
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openTracing, withoutPassword } from "redis-lab-jobs";
import { runMain } from "guarded-processes/run-main";
import { tellParent } from "guarded-processes/service-message";
import { ListenError } from "./errors.js";
import { webSettings } from "./settings.js";
import { startWeb } from "./start.js";

const HELP = `Usage: npm run web

Serves the upload page, which puts pictures into the queue of the worker (npm run worker).
Ctrl-C ends it. It reads its settings from the environment:

  REDIS_URL   the Redis of the queue   (default: that of the running npm start); npm run worker --
              --help lists its forms, REDIS_PREFIX and the files for TLS
  MEDIA_ROOT  pictures and archives, shared with the worker: a folder, or s3://BUCKET/PREFIX
              (default: .lab/media)
  HOST        address to listen at; 0.0.0.0 lets other machines in   (default: 127.0.0.1)
  PORT        port to listen at; 0 for any   (default: 8000)
  PUBLIC_URL  behind a proxy: the address that users see, such as https://pictures.example.org
  TRUST_PROXY whose X-Forwarded-For, -Host and -Proto count: how many proxies are in front (1), or
              their addresses (loopback, 10.0.0.0/8); else nobody's
  QUEUES_PASSWORD   opens the dashboard to other machines, for any user name; without it only this
                    machine sees it, and nobody behind a proxy
  QUEUES_READ_ONLY  1: the dashboard only shows
  QUOTA_PICTURES    pictures that one user may send in a day; QUOTA_MB megabytes   (default: no limit)
  OTEL_EXPORTER_OTLP_ENDPOINT   where traces go, from upload to zip (default: nowhere)
`;
/** How long the last traces may take. */
const TRACES_MS = 2000;
const WEB = { packageFile: "redis-lab-web/package.json", from: import.meta.url };

await runMain(WEB, async ({ signal }) => {
  const { values } = parseArgs({ options: { help: { type: "boolean" } } });
  if (values.help) return void process.stdout.write(HELP);
  const settings = webSettings();
  const endTracing = await openTracing("redis-lab-web");
  const server = await startWeb(settings).catch((error: unknown) => {
    if (error instanceof ListenError && error.isPortInUse) tellParent({ portInUse: error.port });
    throw error;
  });
  const redis = withoutPassword(settings.redisUrl);
  console.error(
    `Upload page: ${server.url}\nQueues:      ${server.url}/queues\nRedis:       ${redis}`,
  );
  console.error("Ctrl-C ends it.");
  tellParent({ ready: true, url: server.url });
  const ended = signal.aborted || (await Promise.race([once(signal, "abort"), server.failed]));
  await server.close();
  await Promise.race([endTracing(), sleep(TRACES_MS, undefined, { ref: false })]);
  if (ended instanceof Error) throw ended;
});
