import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { JobClient, openStorage, parseRedisUrl, queuePrefix, RedisWatch } from "redis-lab-jobs";
import { claimStorage } from "./claim-storage.js";
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
  /** Resolves with an error when it cannot go on: what it told at once were it known at the start. */
  readonly failed: Promise<unknown>;
  /** Ends it: requests have 3 seconds to finish. May be called again. */
  close(): Promise<void>;
}

const CLOSE_MS = 3000;

/**
 * Starts the upload page. Redis need not run yet: the page says so, and works once it does.
 *
 * @throws {RedisUnusableError} within 3 s for what only other settings can mend
 * @throws {SettingError | OtherStorageError} when its media is not where the workers' is
 * @throws {ListenError} when it cannot listen at its host and port
 */
export async function startWeb(options: WebOptions): Promise<WebServer> {
  const { redisUrl, mediaRoot, host, port, limits = LIMITS, log = console.error } = options;
  const storage = await openStorage(mediaRoot);
  const target = parseRedisUrl(redisUrl);
  const prefix = queuePrefix(target, options.prefix);
  const watch = new RedisWatch(target, prefix, {
    onTrouble: ({ sentence }) => log(`${sentence} Waiting for it.`),
    onOver: (ms) => log(`Redis is back after ${(ms / 1000).toFixed(1)} s.`),
  });
  await watch.firstLook();
  const client = new JobClient({ redisUrl, prefix, onError: (error) => watch.report(error) });
  const ending = new AbortController();
  const release = async () => {
    ending.abort();
    storage.close();
    await Promise.all([client.close(), watch.close()]);
  };
  const claim = await claimStorage(client, storage, log, ending.signal).catch(async (error) => {
    await release();
    throw error;
  });
  const trouble = () =>
    watch.trouble?.brief ?? (claim.isDone() ? undefined : "storage is not known to be right");
  const app = await buildApp({ ...options, client, storage, limits, log, trouble });
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
      await release();
    })());
  try {
    await app.listen({ host, port });
  } catch (error) {
    await close();
    throw new ListenError(host, port, { cause: error as NodeJS.ErrnoException });
  }
  return { url: urlOf(app.server.address() as AddressInfo), failed: claim.failed, close };
}

/** A wildcard is where it listens, not where to go. */
function urlOf({ address, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://localhost:${port}`;
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
}
