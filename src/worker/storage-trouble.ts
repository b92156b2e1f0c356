import { setTimeout as sleep } from "node:timers/promises";
import { StorageAwayError } from "redis-lab-jobs";
import type { Logger } from "./log.js";

const FIRST_MS = 500;
const MOST_MS = 30_000;

/** Tells in one line that storage is full or away, and in one that it is over. */
export class StorageTrouble {
  #since: number | undefined;

  constructor(private readonly log: Logger) {}

  tell({ message, code }: StorageAwayError): void {
    if (this.#since !== undefined) return;
    this.#since = Date.now();
    this.log.error({ code }, `${message} MEDIA_ROOT says where it is. Jobs wait for it.`);
  }

  over(): void {
    if (this.#since === undefined) return;
    this.log.info({ seconds: (Date.now() - this.#since) / 1000 }, "storage is back");
    this.#since = undefined;
  }

  /**
   * Does work as soon as storage lets it.
   *
   * @throws what the work throws but `StorageAwayError`
   */
  async untilOver(work: () => Promise<void>): Promise<void> {
    for (let delay = FIRST_MS; ; delay = Math.min(delay * 2, MOST_MS)) {
      try {
        await work();
        return this.over();
      } catch (error) {
        if (!(error instanceof StorageAwayError)) throw error;
        this.tell(error);
        await sleep(delay);
      }
    }
  }
}
