import { randomUUID } from "node:crypto";
import type { CommEvent } from "../link.js";
import { describeError } from "../output/traceback.js";
import type { Outbox } from "./outbox.js";
import { kernelRuns } from "./kernel-code.js";

type Data = Record<string, unknown>;
type Handler = (data: Data, buffers: readonly Uint8Array[]) => unknown;

/** One end of a channel between a cell and a widget in the front end. */
export class Comm {
  onMessage: Handler = () => {};
  onClose: Handler = () => {};

  constructor(
    private readonly comms: Comms,
    readonly target: string,
    readonly id: string,
  ) {}

  /** Sends data, and buffers beside it. */
  send(data: Data, buffers: readonly Uint8Array[] = []): void {
    this.comms.publish("comm_msg", { comm_id: this.id, data }, buffers);
  }

  /** Closes both ends. */
  close(data: Data = {}): void {
    this.comms.forget(this);
    this.comms.publish("comm_close", { comm_id: this.id, data }, []);
  }
}

/** The comms of the kernel, opened by either side. */
export class Comms {
  readonly #open = new Map<string, Comm>();
  readonly #targets = new Map<string, (comm: Comm, data: Data) => unknown>();

  constructor(private readonly outbox: Outbox) {}

  /** Says what happens when the front end opens a comm of a target. */
  register(target: string, onOpen: (comm: Comm, data: Data) => unknown): void {
    this.#targets.set(target, onOpen);
  }

  /** Opens a comm from here. */
  open(target: string, data: Data = {}, buffers: readonly Uint8Array[] = []): Comm {
    const comm = new Comm(this, target, randomUUID());
    this.#open.set(comm.id, comm);
    this.publish("comm_open", { comm_id: comm.id, target_name: target, data }, buffers);
    return comm;
  }

  forget(comm: Comm): void {
    this.#open.delete(comm.id);
  }

  publish(kind: string, content: Data, buffers: readonly Uint8Array[]): void {
    this.outbox.publish(kind, content, undefined, { buffers });
  }

  /** The open comms, as comm_info_reply lists them. */
  info(target: string | undefined): Record<string, { target_name: string }> {
    const open = [...this.#open.values()].filter((one) => !target || one.target === target);
    return Object.fromEntries(open.map((one) => [one.id, { target_name: one.target }]));
  }

  /** Takes a message of the front end, and tells the front when it is handled. */
  async receive({ kind, content, buffers }: CommEvent): Promise<void> {
    const data = (content["data"] ?? {}) as Data;
    // The handlers are the user's.
    kernelRuns(false);
    try {
      const id = String(content["comm_id"]);
      if (kind === "comm_open") await this.#opened(id, String(content["target_name"]), data);
      const comm = this.#open.get(id);
      if (kind === "comm_msg") await comm?.onMessage(data, buffers);
      if (kind === "comm_close" && comm) {
        this.forget(comm);
        await comm.onClose(data, buffers);
      }
    } catch (error) {
      this.outbox.publish("error", { ...describeError(error) });
    }
    this.outbox.flush();
    this.outbox.send({ type: "comm-done" });
  }

  async #opened(id: string, target: string, data: Data): Promise<void> {
    const comm = new Comm(this, target, id);
    const onOpen = this.#targets.get(target);
    if (onOpen === undefined) {
      // As the protocol says: a comm of an unknown target is closed at once.
      comm.close();
      return;
    }
    this.#open.set(id, comm);
    await onOpen(comm, data);
  }
}
