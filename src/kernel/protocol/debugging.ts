import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Incoming } from "jupyter-wire/kernel-channels";
import type { Debugger, StartingCell } from "../debugger/debugger.js";
import type { Checking } from "./checking.js";
import type { Executor } from "./executor.js";
import type { Replies } from "./replies.js";

/** When it is looked whether the front end has gone, after one has: a socket may learn of it late. */
const LOOKS_MS = [20, 200, 1000];

type Content = Record<string, unknown>;

interface Parts {
  readonly replies: Replies;
  readonly executor: () => Executor;
  readonly checking: Checking;
  readonly interrupt: () => Promise<void>;
}

/** The kernel's debugger. It is loaded by the first request for it, and costs nothing before. */
export class Debugging {
  #debugger: Debugger | undefined;
  /** The last request, whose sender listens. */
  #last: Incoming | undefined;

  constructor(private readonly parts: Parts) {}

  get isAttached(): boolean {
    return this.#debugger?.isAttached === true;
  }

  /** Answers a debug_request. */
  async answer(incoming: Incoming): Promise<Content> {
    this.#debugger ??= await this.#load();
    const reply = await this.#debugger.answer(incoming.message.content);
    if (this.isAttached) this.#watch(incoming);
    return reply;
  }

  /** Readies a cell's breakpoints. */
  async beforeRun(cell: StartingCell): Promise<void> {
    if (!this.isAttached) return;
    try {
      await this.#debugger?.beforeRun(cell);
    } catch {
      // The cell runs all the same.
    }
  }

  /** Ends what stands still, so that an interrupt can reach the cell. */
  async interrupt(): Promise<void> {
    await this.#debugger?.interrupt().catch(() => {});
  }

  /** Lets all go on, for the kernel's end. */
  end(): void {
    this.#debugger?.end();
  }

  logged(id: number, text: string): void {
    this.#debugger?.logged(id, text);
  }

  /** Nobody would let go on what stands still for a front end that has gone. */
  #watch(incoming: Incoming): void {
    if (this.#last === undefined) this.parts.replies.onGone(() => void this.#look());
    this.#last = incoming;
  }

  async #look(): Promise<void> {
    for (const wait of LOOKS_MS) {
      await setTimeout(wait);
      if (!this.isAttached || !this.#last) return;
      if (!(await this.parts.replies.reaches(this.#last))) return this.#debugger?.detach();
    }
  }

  async #load(): Promise<Debugger> {
    const { Debugger: Loaded } = await import("../debugger/debugger.js");
    const { replies, executor, checking, interrupt } = this.parts;
    return (this.#debugger ??= new Loaded({
      kernelFolder: dirname(dirname(fileURLToPath(import.meta.url))),
      names: () => executor().names,
      adopt: (names, source) => {
        executor().names = names;
        checking.accept(source);
      },
      isRunning: () => executor().running !== undefined,
      interrupt,
      publish: (event) =>
        replies.publish({ kind: "debug_event", content: event, parent: undefined }),
    }));
  }
}
