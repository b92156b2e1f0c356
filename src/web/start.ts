import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { JobClient, parseRedisUrl, queuePrefix, RedisWatch } from "redis-lab-jobs";
import { buildApp, type AppOptions } from "./app.js";
import { ListenError } from "./errors.js";
import { LIMITS, type Limits } from "./limits.js";
import type { WebSettings } from "./settings.js";

export interface WebOptions extends WebSettings {
  readonly limits?: Limits;
  readonly log?: AppOptions["log"];
}

export interface WebServer {
  /** Such as http://127.0.0.1:8000. */
  readonly url: string;
  /** Ends it: requests have 3 seconds to finish. May be called again. */
  close(): Promise<void>;
}

const CLOSE_MS = 3000;

/**
 * Starts the upload page. Redis need not run yet: the page says so, and works once it does.
 *
 * @throws {RedisUnusableError} within 3 s for what only other settings can mend
 * @throws {ListenError} when it cannot listen at its host and port
 */
export async function startWeb(options: WebOptions): Promise<WebServer> {
  const { redisUrl, mediaRoot, host, port, limits = LIMITS, log = console.error } = options;
  await mkdir(mediaRoot, { recursive: true });
  const target = parseRedisUrl(redisUrl);
  const prefix = queuePrefix(target, options.prefix);
  const watch = new RedisWatch(target, prefix, {
    onTrouble: ({ sentence }) => log(`${sentence} Waiting for it.`),
    onOver: (ms) => log(`Redis is back after ${(ms / 1000).toFixed(1)} s.`),
  });
  await watch.firstLook();
  const client = new JobClient({ redisUrl, prefix, onError: (error) => watch.report(error) });
  const app = await buildApp({ ...options, client, limits, log });
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= (async () => {
      const late = new AbortController();
      const cut = sleep(CLOSE_MS, undefined, { signal: late.signal }).then(
        () => app.server.closeAllConnections(),
        () => {},
      );
      await app.close();
      late.abort();
      await cut;
      await Promise.all([client.close(), watch.close()]);
    })());
  try {
    await app.listen({ host, port });
  } catch (error) {
    await close();
    throw new ListenError(host, port, { cause: error as NodeJS.ErrnoException });
  }
  return { url: urlOf(app.server.address() as AddressInfo), close };
}

/** A wildcard is where it listens, not where to go. */
function urlOf({ address, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://localhost:${port}`;
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
}
