import type { Publication, ToProtocol } from "../link.js";
import { currentCell, type Cell } from "./cell.js";

export interface PublishOptions {
  readonly metadata?: Record<string, unknown>;
  readonly buffers?: readonly Uint8Array[];
}

/** The way to the protocol thread: messages, in order, after the text that came before them. */
export class Outbox {
  /** Sends on the text that waits; set by the streams. */
  flush: () => void = () => {};
  /** The same, called from outside of what runs. */
  flushUnlessBusy: () => void = () => {};
  /** Readies the streams for what comes after a termination. */
  unwind: () => void = () => {};

  constructor(private readonly post: (message: ToProtocol) => void) {}

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
