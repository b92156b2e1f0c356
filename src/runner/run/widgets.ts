import type { Output } from "../read/output.js";
import { Displays, OutputFold, type OutputMessage } from "./fold-outputs.js";

type State = Readonly<Record<string, unknown>>;

interface Widget {
  state: Record<string, unknown>;
  /** Binary parts of the state, as nbformat stores them, by their path. */
  readonly buffers: Map<string, { path: unknown; data: string }>;
  /** What an Output widget holds. */
  readonly outputs?: OutputFold;
}

/** Tells the kernel what an Output widget holds, as a front end does. */
export type TellOutputs = (commId: string, outputs: readonly Output[]) => void;

/**
 * The widgets of one kernel, as a front end without a screen has them: their state, and the outputs
 * that a cell sends into an Output widget (`with output:`) instead of below itself.
 *
 * Source: ipywidgets documentation, "Jupyter widget messaging protocol".
 */
export class Widgets {
  readonly #widgets = new Map<string, Widget>();
  /** By the id of a request: the Output widgets that take its outputs, the innermost last. */
  readonly #takers = new Map<string, string[]>();

  constructor(
    private readonly tell: TellOutputs = () => {},
    private readonly displays = new Displays(),
  ) {}

  /** Where the outputs of a request go; undefined: below its cell. */
  takerOf(request: string | undefined): OutputFold | undefined {
    const taker = this.#takers.get(request ?? "")?.at(-1);
    return taker === undefined ? undefined : this.#widgets.get(taker)?.outputs;
  }

  /** Applies a message of the types `comm_open`, `comm_msg` and `comm_close`. */
  apply(message: OutputMessage): void {
    const content = message.content as Record<string, unknown>;
    const id = String(content["comm_id"]);
    const data = (content["data"] ?? {}) as { state?: State; buffer_paths?: unknown[] };
    switch (message.header.msg_type) {
      case "comm_open":
        if (content["target_name"] !== "jupyter.widget") return;
        this.#widgets.set(id, {
          state: {},
          buffers: new Map(),
          ...(data.state?.["_model_name"] === "OutputModel"
            ? { outputs: new OutputFold(this.displays) }
            : {}),
        });
        break;
      case "comm_close":
        this.#widgets.delete(id);
        return;
    }
    const widget = this.#widgets.get(id);
    if (widget === undefined || data.state === undefined) return;
    Object.assign(widget.state, data.state);
    for (const [index, path] of (data.buffer_paths ?? []).entries()) {
      const bytes = message.buffers?.[index];
      if (bytes !== undefined) {
        widget.buffers.set(JSON.stringify(path), { path, data: base64Of(bytes) });
      }
    }
    if (widget.outputs !== undefined) this.#updateOutput(id, widget, data.state);
  }

  #updateOutput(id: string, { outputs }: Widget, state: State): void {
    if (Array.isArray(state["outputs"])) outputs?.replaceAll(state["outputs"]);
    const request = state["msg_id"];
    if (typeof request !== "string") return;
    if (request !== "") {
      this.#takers.set(request, [...(this.#takers.get(request) ?? []), id]);
      return;
    }
    for (const [key, takers] of this.#takers) {
      if (!takers.includes(id)) continue;
      this.#takers.set(
        key,
        takers.filter((taker) => taker !== id),
      );
      this.tell(id, outputs?.outputs ?? []);
    }
  }

  /** The state of all widgets as nbformat stores it in a notebook's metadata; undefined without any. */
  get stored(): Record<string, unknown> | undefined {
    if (this.#widgets.size === 0) return undefined;
    const state = [...this.#widgets].map(([id, widget]) => [id, storedWidget(widget)] as const);
    return { state: Object.fromEntries(state), version_major: 2, version_minor: 0 };
  }
}

function storedWidget({ state, buffers, outputs }: Widget): Record<string, unknown> {
  const parts = [...buffers.values()].map(({ path, data }) => ({ encoding: "base64", path, data }));
  return {
    model_module: state["_model_module"],
    model_module_version: state["_model_module_version"],
    model_name: state["_model_name"],
    state: outputs === undefined ? state : { ...state, msg_id: "", outputs: outputs.outputs },
    ...(parts.length > 0 ? { buffers: parts } : {}),
  };
}

function base64Of(bytes: ArrayBuffer | ArrayBufferView): string {
  const view = ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes);
  return view.toString("base64");
}
