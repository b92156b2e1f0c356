import { setTimeout } from "node:timers/promises";
import { Router, XPublisher } from "zeromq";
import { socketAddress, type ConnectionInfo, type SocketName } from "./connection-info.js";
import { WireError } from "./errors.js";
import type { Message } from "./messages.js";
import { decode, encode, SeenSignatures, splitIdentities } from "./wire.js";

/** Nothing that waits in a socket is dropped; a close waits half a second for what is unsent. */
const UNBOUNDED = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 500 };

/** How long a question waits for its front end to connect, and how often it is tried, in milliseconds. */
const CONNECT_MS = 5000;
const CONNECT_STEP_MS = 20;

type RequestSocket = "shell" | "control" | "stdin";

/** A message that came in, with the frames that lead back to who sent it. */
export interface Incoming {
  readonly message: Message;
  readonly identities: readonly Uint8Array[];
}

export interface KernelChannelsOptions {
  /** Called for each message, in the order of its channel. */
  readonly onMessage: (incoming: Incoming) => void;
  /** Called with what could not be read: a wrong signature, a broken frame. */
  readonly onError: (error: unknown) => void;
  /** Called when a front end subscribes to iopub, with its topic. */
  readonly onSubscribe: (topic: string) => void;
}

/**
 * The kernel's end of the five sockets. Unsigned and malformed messages are told to `onError` and
 * never answered; the heartbeat is echoed here.
 */
export class KernelChannels {
  readonly #routers: Record<RequestSocket, Router>;
  readonly #heartbeat = new Router({ ...UNBOUNDED, linger: 0 });
  readonly #iopub = new XPublisher(UNBOUNDED);
  readonly #seen = new SeenSignatures();
  readonly #queues = new Map<SocketName, Promise<void>>();
  #closed = false;
  #isWatched = false;

  constructor(
    readonly info: ConnectionInfo,
    private readonly options: KernelChannelsOptions,
  ) {
    const router = () => new Router(UNBOUNDED);
    const known = () => new Router({ ...UNBOUNDED, mandatory: true });
    this.#routers = { shell: router(), control: known(), stdin: known() };
  }

  /**
   * Binds all sockets and begins to listen.
   *
   * @throws when an address is in use or not allowed
   */
  async bind(): Promise<void> {
    const address = (socket: SocketName) => socketAddress(this.info, socket);
    await this.#iopub.bind(address("iopub"));
    await this.#heartbeat.bind(address("hb"));
    for (const name of ["stdin", "control", "shell"] as const) {
      await this.#routers[name].bind(address(name));
    }
    void this.#receive("shell");
    void this.#receive("control");
    void this.#receive("stdin");
    void this.#echo();
    void this.#subscriptions();
  }

  /** Sends to one front end; one that has gone is no error. */
  send(message: Message, identities: readonly Uint8Array[]): Promise<void> {
    const socket = message.channel as RequestSocket;
    const frames = [...identities.map((frame) => Buffer.from(frame)), ...this.#encode(message)];
    return this.#enqueue(socket, () =>
      socket === "stdin" ? this.#ask(frames) : this.#routers[socket].send(frames),
    );
  }

  /** Sends to all front ends. The topic is the message's type. */
  publish(message: Message): Promise<void> {
    const frames = [Buffer.from(message.header.msg_type), ...this.#encode(message)];
    return this.#enqueue("iopub", () => this.#iopub.send(frames));
  }

  /** Calls back when any front end's connection to the control channel has ended. */
  onControlClosed(listener: () => void): void {
    this.#isWatched = true;
    this.#routers.control.events.on("disconnect", listener);
  }

  /** Sends a message on control and tells whether the front end for which it is is still connected. */
  async reaches(message: Message, identities: readonly Uint8Array[]): Promise<boolean> {
    const frames = [...identities.map((frame) => Buffer.from(frame)), ...this.#encode(message)];
    let isThere = false;
    await this.#enqueue("control", async () => {
      await this.#routers.control.send(frames);
      isThere = true;
    });
    return isThere;
  }

  /** Resolves when all that was given to the sockets is sent. */
  async flushed(): Promise<void> {
    await Promise.all(this.#queues.values());
  }

  /** Closes all sockets; what they hold is sent for half a second. */
  close(): void {
    this.#closed = true;
    // ZeroMQ aborts a process that ends while its sockets are watched.
    if (this.#isWatched) this.#routers.control.events.close();
    for (const socket of [...Object.values(this.#routers), this.#iopub, this.#heartbeat]) {
      socket.close();
    }
  }

  #encode(message: Message): Buffer[] {
    return encode(message, this.info.key);
  }

  /**
   * A front end that runs its first cell may not be connected to stdin yet: a question that was
   * dropped would never be answered.
   */
  async #ask(frames: Buffer[]): Promise<void> {
    for (let waited = 0; ; waited += CONNECT_STEP_MS) {
      try {
        return await this.#routers.stdin.send(frames);
      } catch (error) {
        const isUnknown = (error as NodeJS.ErrnoException).code === "EHOSTUNREACH";
        if (!isUnknown || this.#closed || waited >= CONNECT_MS) throw error;
        await setTimeout(CONNECT_STEP_MS);
      }
    }
  }

  /** A socket takes one message at a time. */
  #enqueue(socket: SocketName, send: () => Promise<void>): Promise<void> {
    const before = this.#queues.get(socket) ?? Promise.resolve();
    const sent = before
      .then(() => (this.#closed ? undefined : send()))
      .catch((error: unknown) => this.options.onError(error));
    this.#queues.set(socket, sent);
    return sent;
  }

  async #receive(channel: RequestSocket): Promise<void> {
    const socket = this.#routers[channel];
    while (!this.#closed) {
      try {
        const frames = await socket.receive();
        const message = wellFormed(decode(frames, this.info.key, channel));
        this.#seen.check(frames);
        this.options.onMessage({ message, identities: splitIdentities(frames) });
      } catch (error) {
        if (!this.#closed) this.options.onError(error);
      }
    }
  }

  async #echo(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#heartbeat.send(await this.#heartbeat.receive());
      } catch (error) {
        if (!this.#closed) this.options.onError(error);
      }
    }
  }

  /** A subscription comes in as a byte 1 and its topic. */
  async #subscriptions(): Promise<void> {
    while (!this.#closed) {
      try {
        const [frame] = await this.#iopub.receive();
        if (frame?.[0] === 1) this.options.onSubscribe(frame.subarray(1).toString());
      } catch (error) {
        if (!this.#closed) this.options.onError(error);
      }
    }
  }
}

/** A signed message may still lack what an answer needs. */
function wellFormed(message: Message): Message {
  const { header, content, metadata, parent_header: parent } = message;
  const isObject = (part: unknown) => typeof part === "object" && part !== null;
  if (![header, content, metadata, parent].every(isObject)) {
    throw new WireError("A message came in whose parts are not objects.");
  }
  if (typeof header.msg_type !== "string" || typeof header.msg_id !== "string") {
    throw new WireError("A message came in without msg_type or msg_id.");
  }
  return message;
}
