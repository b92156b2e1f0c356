import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import { socketAddress, type ConnectionInfo } from "./connection-info.js";
import type { Channel, Message } from "./messages.js";
import { decode, encode } from "./wire.js";

type RequestChannel = Exclude<Channel, "iopub">;

/** No limit on what waits in a socket (nothing is dropped), and nothing keeps a close waiting. */
const UNBOUNDED = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 0 };

export interface ChannelOptions {
  /** See `socketAddress`. */
  readonly ipcSeparator?: string;
  /** Called for each message, in the order of its channel. */
  readonly onMessage: (message: Message) => void;
  /** Called with what could not be read: a wrong signature, a broken frame. */
  readonly onError: (error: unknown) => void;
}

/** The client's end of a kernel's channels: three dealers that share a routing id, one subscriber. */
export class Channels {
  readonly #sockets: Record<Channel, Dealer | Subscriber>;
  readonly #queues: Partial<Record<Channel, Promise<void>>> = {};
  #closed = false;

  constructor(
    readonly info: ConnectionInfo,
    private readonly options: ChannelOptions,
  ) {
    // The kernel sends input requests to the routing id from which the execute request came.
    const routingId = randomUUID();
    const dealer = () => new Dealer({ ...UNBOUNDED, routingId });
    const iopub = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
    iopub.subscribe();
    this.#sockets = { shell: dealer(), control: dealer(), stdin: dealer(), iopub };
    for (const channel of Object.keys(this.#sockets) as Channel[]) {
      this.#sockets[channel].connect(socketAddress(info, channel, options.ipcSeparator));
      void this.#receive(channel);
    }
  }

  /** Sends a message on its channel, after those sent before it: a socket takes one at a time. */
  async send(message: Message): Promise<void> {
    const channel = message.channel as RequestChannel;
    const socket = this.#sockets[channel] as Dealer;
    const before = this.#queues[channel] ?? Promise.resolve();
    const sent = before.then(async () => {
      if (!this.#closed) await socket.send(encode(message, this.info.key));
    });
    this.#queues[channel] = sent.catch(() => {});
    return sent;
  }

  /** Closes all sockets; what had not been sent is dropped. */
  close(): void {
    this.#closed = true;
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #receive(channel: Channel): Promise<void> {
    const socket = this.#sockets[channel];
    while (!this.#closed && !socket.closed) {
      try {
        const frames = await socket.receive();
        this.options.onMessage(decode(frames, this.info.key, channel));
      } catch (error) {
        if (!this.#closed) this.options.onError(error);
      }
    }
  }
}
