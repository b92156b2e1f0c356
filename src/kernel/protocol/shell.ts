import type { Incoming } from "jupyter-wire/kernel-channels";
import type { CommEvent } from "../link.js";
import type { Executor } from "./executor.js";
import type { Questions } from "./questions.js";
import type { Replies } from "./replies.js";

const COMMS: ReadonlySet<string> = new Set(["comm_open", "comm_msg", "comm_close"]);

/**
 * The shell channel. What changes the state of the cells waits in a queue for its turn; questions
 * are answered at once, also while a cell runs.
 */
export class Shell {
  readonly #queue: Incoming[] = [];
  #isWorking = false;
  #commHandled: () => void = () => {};

  constructor(
    private readonly replies: Replies,
    private readonly executor: Executor,
    private readonly questions: Questions,
    private readonly shutdown: () => void,
  ) {}

  receive(incoming: Incoming): void {
    const { msg_type: type } = incoming.message.header;
    if (type === "execute_request" || COMMS.has(type)) {
      this.#queue.push(incoming);
      void this.#work();
    } else if (type === "shutdown_request") {
      this.#around(incoming, () => this.questions.shutdownReply(incoming));
      this.shutdown();
    } else {
      void this.#ask(incoming);
    }
  }

  /** The runtime has handled the comm message that it was given. */
  commDone(): void {
    this.#commHandled();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { header } = next.message;
      this.replies.status("busy", header);
      try {
        if (COMMS.has(header.msg_type)) await this.#comm(next);
        else if (await this.executor.execute(next)) this.#abort();
      } catch (error) {
        // Whatever a request holds, those behind it have their turn.
        const { name, message } = error as Error;
        this.replies.reply(next, { status: "error", ename: name, evalue: message, traceback: [] });
      }
      this.replies.status("idle", header);
    }
    this.#isWorking = false;
  }

  /** After an error, what was already queued is not run. */
  #abort(): void {
    const isRun = ({ message }: Incoming) => message.header.msg_type === "execute_request";
    const aborted = this.#queue.filter(isRun);
    const others = this.#queue.filter((incoming) => !isRun(incoming));
    this.#queue.splice(0, this.#queue.length, ...others);
    for (const incoming of aborted) {
      this.executor.skip(incoming);
      this.#around(incoming, () => this.replies.reply(incoming, { status: "aborted" }));
    }
  }

  async #comm(incoming: Incoming): Promise<void> {
    const { header, content, metadata, buffers } = incoming.message;
    const handled = new Promise<void>((resolve) => (this.#commHandled = resolve));
    const kind = header.msg_type as CommEvent["kind"];
    this.executor.post({ type: "comm", kind, content, metadata, buffers, parent: header });
    await handled;
  }

  async #ask(incoming: Incoming): Promise<void> {
    const { header } = incoming.message;
    this.replies.status("busy", header);
    try {
      await this.questions.answer(incoming);
    } finally {
      this.replies.status("idle", header);
      // Front ends take the last status for that of the kernel.
      const running = this.executor.running?.message.header;
      if (running) this.replies.status("busy", running);
    }
  }

  #around(incoming: Incoming, work: () => void): void {
    const { header } = incoming.message;
    this.replies.status("busy", header);
    work();
    this.replies.status("idle", header);
  }
}
