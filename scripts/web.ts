import { once } from "node:events";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  NoRedisUrlError,
  RedisUnusableError,
  RedisUrlError,
  SettingError,
  withoutPassword,
} from "redis-lab-jobs";
import { endOnSignals } from "guarded-processes/end-on-signals";
import { ListenError } from "redis-lab-web/errors";
import { webSettings } from "redis-lab-web/settings";
import { startWeb } from "redis-lab-web/start";

const HELP = `Usage: npm run web

Serves the upload page, which puts pictures into the queue of the worker (npm run worker).
Ctrl-C ends it. It reads its settings from the environment:

  REDIS_URL   the Redis of the queue   (default: that of the running npm start); npm run worker --
              --help lists its forms, REDIS_PREFIX and the files for TLS
  MEDIA_ROOT  folder for pictures and archives, shared with the worker   (default: .lab/media)
  HOST        address to listen at; 0.0.0.0 lets other machines in   (default: 127.0.0.1)
  PORT        port to listen at; 0 for any   (default: 8000)
`;
const USERS_TO_MEND = [
  ListenError,
  NoRedisUrlError,
  RedisUnusableError,
  RedisUrlError,
  SettingError,
];
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { signal, status } = endOnSignals();

try {
  const { values } = parseArgs({ options: { help: { type: "boolean" } } });
  if (values.help) process.stdout.write(HELP);
  else await serve();
} catch (error) {
  if (!isUsersToMend(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
process.exitCode = status() ?? process.exitCode;

async function serve(): Promise<void> {
  const settings = webSettings();
  const server = await startWeb({ ...settings, root });
  const redis = withoutPassword(settings.redisUrl);
  console.error(
    `Upload page: ${server.url}\nQueues:      ${server.url}/queues\nRedis:       ${redis}`,
  );
  console.error("Ctrl-C ends it.");
  if (!signal.aborted) await once(signal, "abort");
  await server.close();
}

function isUsersToMend(error: unknown): error is Error {
  const isUsage = (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  return isUsage || USERS_TO_MEND.some((type) => error instanceof type);
}
