import type { Incoming } from "jupyter-wire/kernel-channels";
import type { ToRuntime } from "../link.js";
import type { Debugging } from "./debugging.js";
import type { Executor } from "./executor.js";
import type { Interrupts } from "./interrupts.js";
import type { Questions } from "./questions.js";
import type { Replies } from "./replies.js";

/** How long after a shutdown request the runtime may take before its code is terminated. */
const TERMINATE_MS = 500;
/** How long after that the process is killed: `exit` handlers may hang. */
const KILL_MS = 2500;

interface Parts {
  readonly replies: Replies;
  readonly interrupts: Interrupts;
  readonly executor: Executor;
  readonly questions: Questions;
  readonly debugging: Debugging;
  readonly post: (message: ToRuntime) => void;
}

/** The control channel: never waits for a cell. */
export class Control {
  constructor(private readonly parts: Parts) {}

  receive(incoming: Incoming): void {
    void this.#answer(incoming);
  }

  /** Ends the process, with its `exit` handlers if they come to an end. */
  shutdown(): void {
    const { post, interrupts, executor, debugging } = this.parts;
    post({ type: "exit" });
    debugging.end();
    setTimeout(() => {
      if (executor.running) interrupts.terminate();
    }, TERMINATE_MS);
    setTimeout(() => process.kill(process.pid, "SIGKILL"), KILL_MS);
  }

  /** Stops the cell; one whose end was lost in the termination is ended here. */
  async stop(): Promise<void> {
    const { interrupts, executor, debugging } = this.parts;
    const stopped = executor.running;
    executor.interrupt();
    await debugging.interrupt();
    await interrupts.interrupt();
    if (stopped) executor.giveUp(stopped);
  }

  async #answer(incoming: Incoming): Promise<void> {
    const { replies, questions, debugging } = this.parts;
    const { header } = incoming.message;
    replies.status("busy", header);
    if (header.msg_type === "interrupt_request") {
      void this.stop();
      replies.reply(incoming, { status: "ok" });
    } else if (header.msg_type === "shutdown_request") {
      questions.shutdownReply(incoming);
      this.shutdown();
    } else if (header.msg_type === "debug_request") {
      replies.reply(incoming, await debugging.answer(incoming));
    } else {
      await questions.answer(incoming);
    }
    replies.status("idle", header);
  }
}
