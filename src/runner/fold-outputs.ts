import type { DisplayOutput, Output } from "./output.js";

/** The part of an iopub message that the fold reads. */
export interface OutputMessage {
  readonly header: { readonly msg_type: string };
  readonly content: unknown;
}

interface Entry {
  output: Output;
  readonly displayId?: string;
}

/**
 * Folds the iopub messages of one cell into its outputs, as the messaging protocol says: texts of
 * one stream that follow each other are joined, `update_display_data` replaces what was displayed
 * under its id, `clear_output` empties, with `wait` only before the next output.
 */
export class OutputFold {
  #entries: Entry[] = [];
  #clearBeforeNext = false;

  get outputs(): Output[] {
    return this.#entries.map((entry) => entry.output);
  }

  /** Applies one message; a type that is no output changes nothing. */
  apply(message: OutputMessage): void {
    const content = message.content as Record<string, unknown>;
    switch (message.header.msg_type) {
      case "stream":
        this.#stream(content["name"] === "stderr" ? "stderr" : "stdout", String(content["text"]));
        break;
      case "display_data":
      case "execute_result":
        this.#add(display(message.header.msg_type, content), displayId(content));
        break;
      case "update_display_data":
        this.#update(content);
        break;
      case "error":
        this.#add({
          output_type: "error",
          ename: String(content["ename"]),
          evalue: String(content["evalue"]),
          traceback: ((content["traceback"] ?? []) as unknown[]).map(String),
        });
        break;
      case "clear_output":
        if (content["wait"] === true) this.#clearBeforeNext = true;
        else this.#entries = [];
        break;
    }
  }

  #stream(name: "stdout" | "stderr", text: string): void {
    const last = this.#clearBeforeNext ? undefined : this.#entries.at(-1);
    if (last?.output.output_type === "stream" && last.output.name === name) {
      last.output = { output_type: "stream", name, text: last.output.text + text };
    } else {
      this.#add({ output_type: "stream", name, text });
    }
  }

  #add(output: Output, id?: string): void {
    if (this.#clearBeforeNext) this.#entries = [];
    this.#clearBeforeNext = false;
    this.#entries.push(id === undefined ? { output } : { output, displayId: id });
  }

  #update(content: Record<string, unknown>): void {
    const id = displayId(content);
    for (const entry of this.#entries) {
      if (id !== undefined && entry.displayId === id) {
        entry.output = display(entry.output.output_type as DisplayOutput["output_type"], content);
      }
    }
  }
}

function display(
  type: DisplayOutput["output_type"],
  content: Record<string, unknown>,
): DisplayOutput {
  return {
    output_type: type,
    data: (content["data"] ?? {}) as Record<string, unknown>,
    metadata: (content["metadata"] ?? {}) as Record<string, unknown>,
  };
}

function displayId(content: Record<string, unknown>): string | undefined {
  const id = (content["transient"] as Record<string, unknown> | undefined)?.["display_id"];
  return typeof id === "string" && id !== "" ? id : undefined;
}
