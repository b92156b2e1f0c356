import type { Incoming } from "jupyter-wire/kernel-channels";
import type { Header, Message } from "jupyter-wire/messages";
import { INPUT_BYTES, SHARED, type ProtocolThreadData } from "../link.js";
import { textOf } from "./execute-request.js";
import type { Replies } from "./replies.js";

/** Passes the questions of cells to the front end that runs them, and its answers back. */
export class Inputs {
  /** The request that runs, whose sender is asked. */
  running: Incoming | undefined;
  #isAsking = false;

  constructor(
    private readonly replies: Replies,
    private readonly data: Pick<ProtocolThreadData, "shared" | "input">,
  ) {}

  /** The runtime asks, and stands still. */
  ask(_parent: Header, prompt: string, password: boolean): void {
    if (this.running === undefined) return this.#answer(-1);
    this.#isAsking = true;
    this.replies.inputRequest(this.running, prompt, password);
  }

  /** An input_reply; any other message, and one that was not asked for, changes nothing. */
  receive({ header, content }: Message): void {
    if (header.msg_type !== "input_reply" || !this.#isAsking) return;
    const text = Buffer.from(textOf(content["value"])).subarray(0, INPUT_BYTES);
    this.data.input.set(text);
    this.#answer(text.length + 1);
  }

  /** Ends the wait for an answer, if there is one, with an interrupt. */
  refuse(): void {
    if (this.#isAsking) this.#answer(-1);
  }

  #answer(value: number): void {
    this.#isAsking = false;
    Atomics.store(this.data.shared, SHARED.input, value);
    Atomics.notify(this.data.shared, SHARED.input);
  }
}
