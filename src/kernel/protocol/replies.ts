import { randomUUID } from "node:crypto";
import type { Incoming, KernelChannels } from "jupyter-wire/kernel-channels";
import { answer, type Header, type Message } from "jupyter-wire/messages";
import type { Publication } from "../link.js";

/** Builds the kernel's messages, all of one session, and sends them. */
export class Replies {
  readonly #session = randomUUID();

  constructor(private readonly channels: KernelChannels) {}

  /** Publishes on iopub. */
  publish({ kind, content, parent, metadata, buffers }: Omit<Publication, "type">): void {
    const message = answer(parent, "iopub", kind, this.#session, content);
    const extra = { metadata: metadata ?? {}, buffers: buffers ?? [] };
    void this.channels.publish({ ...message, ...extra });
  }

  status(state: "starting" | "busy" | "idle", parent: Header | undefined): void {
    this.publish({ kind: "status", content: { execution_state: state }, parent });
  }

  /** Answers a request, on the channel on which it came. */
  reply({ message, identities }: Incoming, content: Record<string, unknown>): void {
    const kind = message.header.msg_type.replace(/_request$/, "_reply");
    this.#send(answer(message.header, message.channel, kind, this.#session, content), identities);
  }

  /** Asks a front end for a line. */
  inputRequest(to: Incoming, prompt: string, password: boolean): void {
    const content = { prompt, password };
    const { header } = to.message;
    const request = answer(header, "stdin", "input_request", this.#session, content);
    this.#send(request, to.identities);
  }

  /** Tells a front end that its subscription works: from here on it misses nothing. */
  welcome(topic: string): void {
    const message = answer(undefined, "iopub", "iopub_welcome", this.#session, {
      subscription: topic,
    });
    void this.channels.publish(message);
  }

  /** Whether a front end is still connected; it gets an event that says nothing. */
  reaches({ identities }: Incoming): Promise<boolean> {
    const content = { type: "event", event: "output", body: { category: "telemetry", output: "" } };
    const message = answer(undefined, "control", "debug_event", this.#session, content);
    return this.channels.reaches(message, identities);
  }

  /** Calls back when a front end may have gone. */
  onGone(listener: () => void): void {
    this.channels.onControlClosed(listener);
  }

  #send(message: Message, identities: Incoming["identities"]): void {
    void this.channels.send(message, identities);
  }
}
