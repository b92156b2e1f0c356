import type { Incoming } from "jupyter-wire/kernel-channels";
import type { ToRuntime } from "../link.js";
import type { Language } from "../settings.js";

import type { Checking } from "./checking.js";
import { textOf } from "./execute-request.js";
import type { History } from "./history.js";
import { kernelInfo } from "./kernel-info.js";
import type { Replies } from "./replies.js";

type Content = Record<string, unknown>;

/** Requests that change nothing. */
export class Questions {
  readonly #commQuestions = new Map<number, (comms: Content) => void>();
  #lastId = 0;

  constructor(
    private readonly replies: Replies,
    private readonly checking: Checking,
    private readonly history: History,
    private readonly post: (message: ToRuntime) => void,
    private readonly language: Language,
  ) {}

  /** Answers a request; one that the kernel does not know gets an error, so that nobody waits. */
  async answer(incoming: Incoming): Promise<void> {
    const { header, content } = incoming.message;
    if (!header.msg_type.endsWith("_request")) return;
    let reply: Content;
    try {
      reply = await this.#reply(header.msg_type, content);
    } catch (error) {
      reply = failed(error as Error);
    }
    this.replies.reply(incoming, reply);
  }

  /** Says goodbye, to the one who asked and to all others. */
  shutdownReply(incoming: Incoming): void {
    const { header, content: asked } = incoming.message;
    const content = { status: "ok", restart: asked["restart"] === true };
    this.replies.publish({ kind: "shutdown_reply", parent: header, content });
    this.replies.reply(incoming, content);
  }

  /** The runtime's answer about its comms. */
  commInfo(id: number, comms: Content): void {
    this.#commQuestions.get(id)?.(comms);
    this.#commQuestions.delete(id);
  }

  #reply(type: string, content: Content): Content | Promise<Content> {
    const code = textOf(content["code"]);
    switch (type) {
      case "kernel_info_request":
        return kernelInfo(this.language);
      case "is_complete_request":
        return this.checking.isComplete(code);
      case "history_request":
        return { status: "ok", history: this.history.answer(content) };
      case "complete_request":
        return this.checking.complete(code, content["cursor_pos"]);
      case "inspect_request":
        return this.checking.inspect(code, content["cursor_pos"], content["detail_level"]);
      case "comm_info_request":
        return this.#askComms(content["target_name"]);
      default:
        return failed(new TypeError(`This kernel does not know the message ${type}.`));
    }
  }

  async #askComms(target: unknown): Promise<Content> {
    const id = ++this.#lastId;
    const comms = await new Promise<Content>((resolve) => {
      this.#commQuestions.set(id, resolve);
      this.post({ type: "comm-info", id, target: typeof target === "string" ? target : undefined });
    });
    return { status: "ok", comms };
  }
}

function failed({ name, message }: Error): Content {
  return { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}
