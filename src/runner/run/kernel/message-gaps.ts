import type { Message } from "jupyter-wire/messages";

/** Finds lost messages by the running number that watch-tslab.cjs puts on each. */
export class MessageGaps {
  #last: number | undefined;
  #lost = 0;

  /** How many messages were lost so far; 0 for a kernel that does not number them. */
  get lost(): number {
    return this.#lost;
  }

  /** Looks at a message and takes its number off. */
  strip(message: Message): Message {
    const frame = message.channel === "iopub" ? message.buffers.at(-1) : undefined;
    const number = frame && /^message (\d+)$/.exec(Buffer.from(frame).toString("latin1"))?.[1];
    if (!number) return message;
    if (this.#last !== undefined) this.#lost += Number(number) - this.#last - 1;
    this.#last = Number(number);
    return { ...message, buffers: message.buffers.slice(0, -1) };
  }
}
