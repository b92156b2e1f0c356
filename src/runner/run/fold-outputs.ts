import { MOST_LEVELS, nestedTooDeeply } from "../read/nested-too-deeply.js";
import type { DisplayOutput, Output } from "../read/output.js";
import { asShown } from "./terminal-text.js";

/** The part of an iopub message that the fold reads. */
export interface OutputMessage {
  readonly header: { readonly msg_type: string };
  readonly content: unknown;
  readonly parent_header?: { readonly msg_id?: string };
  readonly buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
}

/** What takes the outputs of a request in place of its cell: see `Widgets`. */
interface Takers {
  takerOf(request: string | undefined): OutputFold | undefined;
  apply(message: OutputMessage): void;
}

interface Entry {
  output: Output;
  readonly displayId?: string;
}

/** What the cells of one kernel have displayed under an id: an update reaches all of it. */
export class Displays {
  readonly #entries = new Map<string, Set<Entry>>();

  add(id: string, entry: Entry): void {
    const known = this.#entries.get(id);
    if (known) known.add(entry);
    else this.#entries.set(id, new Set([entry]));
  }

  remove(entry: Entry): void {
    if (entry.displayId !== undefined) this.#entries.get(entry.displayId)?.delete(entry);
  }

  update(id: string, content: Record<string, unknown>): void {
    for (const entry of this.#entries.get(id) ?? []) {
      entry.output = display(entry.output.output_type as DisplayOutput["output_type"], content);
    }
  }
}

/**
 * Folds the iopub messages of one cell into its outputs, as the messaging protocol says: texts of
 * one stream that follow each other are joined, `update_display_data` replaces what was displayed
 * under its id in any cell, `clear_output` empties, with `wait` only before the next output.
 */
export class OutputFold {
  #entries: Entry[] = [];
  #clearBeforeNext = false;

  /**
   * @param displays shared by all cells of a kernel
   * @param widgets those of the kernel, some of which take outputs
   */
  constructor(
    private readonly displays = new Displays(),
    private readonly widgets?: Takers,
  ) {}

  get outputs(): Output[] {
    return this.#entries.map(({ output }) =>
      output.output_type === "stream" ? { ...output, text: asShown(output.text) } : output,
    );
  }

  /** Applies one message; a type that is no output changes nothing. */
  apply(message: OutputMessage): void {
    const content = message.content as Record<string, unknown>;
    const type = message.header.msg_type;
    if (type.startsWith("comm_")) {
      this.widgets?.apply(message);
      return;
    }
    const taker = this.widgets?.takerOf(message.parent_header?.msg_id);
    if (taker !== undefined) {
      taker.apply(message);
      return;
    }
    switch (type) {
      case "stream":
        this.#stream(content["name"] === "stderr" ? "stderr" : "stdout", String(content["text"]));
        break;
      case "display_data":
      case "execute_result":
        this.#display(type, content);
        break;
      case "update_display_data": {
        const id = displayId(content);
        if (id !== undefined) this.displays.update(id, content);
        break;
      }
      case "error":
        this.#add({
          output: {
            output_type: "error",
            ename: String(content["ename"]),
            evalue: String(content["evalue"]),
            traceback: ((content["traceback"] ?? []) as unknown[]).map(String),
          },
        });
        break;
      case "clear_output":
        if (content["wait"] === true) this.#clearBeforeNext = true;
        else this.#clear();
        break;
    }
  }

  /** Takes these outputs in place of all that it holds: an Output widget's own code may set them. */
  replaceAll(outputs: readonly unknown[]): void {
    this.#clear();
    for (const output of outputs) {
      const { output_type: type, ...content } = output as Record<string, unknown>;
      this.apply({ header: { msg_type: String(type) }, content });
    }
  }

  #stream(name: "stdout" | "stderr", text: string): void {
    const last = this.#clearBeforeNext ? undefined : this.#entries.at(-1);
    if (last?.output.output_type === "stream" && last.output.name === name) {
      last.output = { output_type: "stream", name, text: last.output.text + text };
    } else if (text !== "") {
      this.#add({ output: { output_type: "stream", name, text } });
    }
  }

  #display(type: DisplayOutput["output_type"], content: Record<string, unknown>): void {
    const output = display(type, content);
    const id = displayId(content);
    if (id === undefined) {
      this.#add({ output });
      return;
    }
    // What is displayed again under an id replaces what stands there, and is shown here, too.
    this.displays.update(id, content);
    const entry = { output, displayId: id };
    this.#add(entry);
    this.displays.add(id, entry);
  }

  #add(entry: Entry): void {
    if (this.#clearBeforeNext) this.#clear();
    this.#entries.push(entry);
  }

  #clear(): void {
    this.#clearBeforeNext = false;
    for (const entry of this.#entries) this.displays.remove(entry);
    this.#entries = [];
  }
}

function display(
  type: DisplayOutput["output_type"],
  content: Record<string, unknown>,
): DisplayOutput {
  return {
    output_type: type,
    data: writable(content["data"]),
    metadata: writable(content["metadata"]),
  };
}

/** What no report and no file could hold is told in words. */
function writable(bundle: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(bundle ?? {}).map(([type, value]: [string, unknown]) => [
      type,
      nestedTooDeeply(value) ? `A value nested deeper than ${MOST_LEVELS} levels.` : value,
    ]),
  );
}

function displayId(content: Record<string, unknown>): string | undefined {
  const id = (content["transient"] as Record<string, unknown> | undefined)?.["display_id"];
  return typeof id === "string" && id !== "" ? id : undefined;
}
