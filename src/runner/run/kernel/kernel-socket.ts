import type { Channels } from "jupyter-wire/channels";
import type { Message } from "jupyter-wire/messages";

/** The part of a WebSocket that KernelConnection uses. */
export interface KernelSocket {
  onmessage: (event: { data: Message }) => void;
}

/**
 * Makes the class that KernelConnection takes for its WebSocket: what it sends goes to the ZeroMQ
 * channels as a message object, and the messages handed to `onmessage` come back. Serializing is
 * left to the channels, so KernelConnection gets identity functions for it.
 *
 * @param onOpen called with the socket once KernelConnection has set its handlers
 */
export function socketClassOver(channels: Channels, onOpen: (socket: KernelSocket) => void) {
  return class {
    /** The protocol's own name for "one message object per frame", which needs no negotiation. */
    readonly protocol = "";
    binaryType = "arraybuffer";
    onopen: (event: unknown) => void = () => {};
    onmessage: KernelSocket["onmessage"] = () => {};
    // Never called: firing it would start KernelConnection's reconnects.
    onclose: (event: unknown) => void = () => {};
    onerror: (event: unknown) => void = () => {};

    constructor() {
      queueMicrotask(() => {
        onOpen(this);
        this.onopen({});
      });
    }

    send(message: Message): void {
      // A send can fail only on a closed socket, and then the process's end tells the story.
      channels.send(message).catch(() => {});
    }

    close(): void {}
  };
}

/** Identity functions in place of KernelConnection's WebSocket protocol. */
export const identitySerializer = {
  serialize: (message: unknown) => message,
  deserialize: (message: unknown) => message,
};
