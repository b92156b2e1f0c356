import { readSync } from "node:fs";
import { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";
import type { Header } from "jupyter-wire/messages";
import type { RawOutput } from "../link.js";
import type { LastWords } from "./last-words.js";
import type { Replies } from "./replies.js";

/** Publishes what native code and child processes write to the kernel's own stdout and stderr. */
export class RawReader {
  /** The cell that runs, or ran last: what is written does not tell who wrote it. */
  parent: Header | undefined;
  readonly #drains: (() => void)[] = [];

  /** @param lastWords gets what is written to stderr at first, and gives back what is to be shown */
  constructor(
    private readonly replies: Replies,
    private readonly lastWords: LastWords,
  ) {}

  /** Begins to read. */
  read(outputs: RawOutput): void {
    for (const { name, fd } of outputs) this.#read(name, fd);
  }

  /** Publishes what has been written so far. */
  drain(): void {
    for (const drain of this.#drains) drain();
  }

  #read(name: "stdout" | "stderr", fd: number): void {
    const decoder = new StringDecoder("utf8");
    const publish = (bytes: Buffer) => {
      const written = decoder.write(bytes);
      const text = name === "stderr" ? this.lastWords.without(written) : written;
      const { parent } = this;
      if (text !== "") this.replies.publish({ kind: "stream", parent, content: { name, text } });
    };
    new Socket({ fd, readable: true, writable: false }).on("data", publish).on("error", () => {});
    const space = Buffer.alloc(64 * 1024);
    this.#drains.push(() => {
      try {
        for (;;) {
          const length = readSync(fd, space);
          if (length === 0) return;
          publish(space.subarray(0, length));
        }
      } catch {
        // EAGAIN: nothing is left.
      }
    });
  }
}
