import type { Publication, ToProtocol } from "../link.js";
import type { StreamName, TextSink } from "../output/streams.js";
import { currentCell, type Cell } from "./cell.js";
import { TextBuffer } from "./text-buffer.js";

export interface PublishOptions {
  readonly metadata?: Record<string, unknown>;
  readonly buffers?: readonly Uint8Array[];
}

/** The way to the protocol thread: messages, in order, after the text that came before them. */
export class Outbox implements TextSink {
  readonly #text: TextBuffer;

  constructor(
    private readonly post: (message: ToProtocol) => void,
    shared: Int32Array,
    waitingText: Uint8Array,
  ) {
    this.#text = new TextBuffer(post, shared, waitingText);
  }

  /** Sends text of the cell that caused it, soon. */
  write(name: StreamName, text: string): void {
    this.#text.write(name, text);
  }

  /** Takes back what is printed of a line that has no end yet, to ask the user with it. */
  takeLine(): string {
    return this.#text.takeLine();
  }

  /** Has what the cell has shown cleared. */
  clear(): void {
    this.publish("clear_output", { wait: false });
  }

  /** Sends on the text that waits. */
  flush(): void {
    this.#text.flush();
  }

  /** The same, called from outside of what runs. */
  flushUnlessBusy(): void {
    this.#text.flushUnlessBusy();
  }

  /** Readies the text for what comes after a termination. */
  unwind(): void {
    this.#text.unwind();
  }

  send(message: ToProtocol): void {
    this.post(message);
  }

  /** Publishes on iopub in the name of a cell; by default, of the one that caused it. */
  publish(
    kind: string,
    content: Record<string, unknown>,
    cell: Cell | undefined = currentCell(),
    options: PublishOptions = {},
  ): void {
    this.flush();
    const message: Publication = {
      type: "publish",
      parent: cell?.parent,
      kind,
      content,
      ...options,
    };
    this.post(message);
  }
}
