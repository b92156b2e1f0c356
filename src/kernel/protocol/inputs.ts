import type { Incoming } from "jupyter-wire/kernel-channels";
import type { Message } from "jupyter-wire/messages";
import { INPUT_BYTES, SHARED, type ProtocolThreadData, type ToRuntime } from "../link.js";
import { textOf } from "./execute-request.js";
import type { Replies } from "./replies.js";

/** Passes the questions of cells to the front end that runs them, and its answers back. */
export class Inputs {
  /** The request that runs, whose sender is asked. */
  running: Incoming | undefined;
  #isAsking = false;
  #isLater = false;

  constructor(
    private readonly replies: Replies,
    private readonly data: Pick<ProtocolThreadData, "shared" | "input">,
    private readonly post: (message: ToRuntime) => void,
  ) {}

  /** The runtime asks, and stands still unless the answer is to come later. */
  ask(prompt: string, password: boolean, isLater: boolean): void {
    this.#isLater = isLater;
    if (this.running === undefined) return this.#answer(undefined);
    this.#isAsking = true;
    this.replies.inputRequest(this.running, prompt, password);
  }

  /** An input_reply; any other message, and one that was not asked for, changes nothing. */
  receive({ header, content }: Message): void {
    if (header.msg_type !== "input_reply" || !this.#isAsking) return;
    this.#answer(textOf(content["value"]));
  }

  /** Ends the wait for an answer, if there is one, with an interrupt. */
  refuse(): void {
    if (this.#isAsking) this.#answer(undefined);
  }

  #answer(text: string | undefined): void {
    this.#isAsking = false;
    if (this.#isLater) return this.post({ type: "input-reply", text });
    const bytes = Buffer.from(text ?? "").subarray(0, INPUT_BYTES);
    this.data.input.set(bytes);
    Atomics.store(this.data.shared, SHARED.input, text === undefined ? -1 : bytes.length + 1);
    Atomics.notify(this.data.shared, SHARED.input);
  }
}
