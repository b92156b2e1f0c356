import { setTimeout as sleep } from "node:timers/promises";
import type { Exit } from "guarded-processes/guarded-process";

/** What can be kept running. */
export interface Restartable {
  readonly exited: Promise<Exit>;
  /** The end of what it wrote. */
  readonly log?: () => string;
  stop(): Promise<void>;
}

export interface SuperviseOptions<T extends Restartable> {
  /** What a person calls it, such as "The worker". */
  readonly name: string;
  readonly start: () => Promise<T>;
  /** Gets a line for a person when it has ended, and when it runs again. */
  readonly log: (line: string) => void;
  /** What its coming back means, such as that it is empty. */
  readonly onBack?: string;
  /** Ends as a death within so many milliseconds of four others count as quick; default a minute. */
  readonly quickMs?: number;
}

export interface Supervised<T> {
  /** The one that was started first. */
  readonly first: T;
  /** Ends it for good; may be called again. */
  stop(): Promise<void>;
}

const MOST_QUICK_DEATHS = 5;
/** Milliseconds before the second, third ... start. */
const BACK_OFF = [250, 500, 1000, 2000];

/**
 * Starts something, and starts it again when it ends by itself, such as by the system when memory is
 * short. After five quick deaths it stays down.
 *
 * @throws what the first start throws
 */
export async function supervise<T extends Restartable>(
  options: SuperviseOptions<T>,
): Promise<Supervised<T>> {
  const { name, start, log, quickMs = 60_000 } = options;
  const stopping = new AbortController();
  const first = await start();
  let current: T | undefined = first;
  const deaths: number[] = [];

  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      const how = current ? describe(await current.exited) : "could not be started";
      if (stopping.signal.aborted) return;
      const words = current?.log?.().trimEnd() ?? "";
      await current?.stop();
      current = undefined;
      deaths.push(Date.now());
      const quick = deaths.filter((time) => time > Date.now() - quickMs).length;
      if (quick >= MOST_QUICK_DEATHS) {
        log(
          `${name} ${how}, for the ${quick}th time within a minute, and stays down; the rest of the ` +
            `lab goes on. Ctrl-C and \`npm start\` start all of it anew.${words && `\nIt wrote:\n${words}`}`,
        );
        return;
      }
      const delay = BACK_OFF[quick - 1] ?? 0;
      log(`${name} ${how}. It is started again in ${delay / 1000} s.`);
      await sleep(delay, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      current = await start().catch((error: Error) => {
        log(`${name}: ${error.message}`);
        return undefined;
      });
      if (current && !stopping.signal.aborted) {
        log(`${name} runs again.${options.onBack ? ` ${options.onBack}` : ""}`);
      }
    }
  }

  const kept = keep();
  return {
    first,
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await kept;
      // One whose start was under way.
      await current?.stop();
    },
  };
}

function describe({ code, signal, error }: Exit): string {
  if (error) return `could not be started (${error.message})`;
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
}
