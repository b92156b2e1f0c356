import type { ChildProcess } from "node:child_process";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Keeps the end of what a process writes to stdout and stderr, which also keeps it from waiting. */
export class OutputTail {
  #text = "";
  readonly #ended: Promise<unknown>;

  /** @param limit how much is kept, in characters */
  constructor(child: ChildProcess, limit = 20_000) {
    // There are none where the process could not be started, or where its output goes elsewhere.
    const streams = [child.stdout, child.stderr].filter((stream) => stream instanceof Readable);
    for (const stream of streams) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#text = (this.#text + text).slice(-limit);
      });
    }
    this.#ended = Promise.allSettled(streams.map((stream) => finished(stream)));
  }

  get text(): string {
    return this.#text;
  }

  /**
   * All there is once the process has ended: its last words may arrive after its exit. Waits half a
   * second at most, since somebody else may hold the other end of the pipe.
   */
  async complete(): Promise<string> {
    const timer = new AbortController();
    const late = sleep(500, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([this.#ended, late]);
    timer.abort();
    return this.#text;
  }
}
