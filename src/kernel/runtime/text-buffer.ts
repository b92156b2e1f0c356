import { withSourceNames } from "../cell-names.js";
import { SHARED, type Publication } from "../link.js";
import type { StreamName } from "../output/streams.js";
import { currentCell, type Cell } from "./cell.js";

// Kept, since cells may replace the global ones.
const { setTimeout, Date, Buffer } = globalThis;
const write: (this: Buffer, text: string, offset: number) => number = Buffer.prototype.write;

/** Text is sent on when so much of it waits, in UTF-16 units... */
const CHUNK = 64 * 1024;
/** ...or when it has waited so long, in milliseconds. */
const WAIT_MS = 25;

/** Joins the text that one cell writes to one stream, and sends it on in few messages. */
export class TextBuffer {
  #parts: string[] = [];
  #length = 0;
  #cell: Cell | undefined;
  #name: StreamName = "stdout";
  #since = 0;
  #isTimed = false;
  /** Above 0 while text is added or sent. */
  #depth = 0;
  /** The same once more, for the protocol thread: see `protocol/last-words.ts`. */
  readonly #copy: Buffer;

  constructor(
    private readonly post: (message: Publication) => void,
    private readonly shared: Int32Array,
    waitingText: Uint8Array,
  ) {
    this.#copy = Buffer.from(waitingText.buffer as ArrayBuffer);
  }

  write(name: StreamName, text: string): void {
    if (text === "") return;
    this.#depth++;
    this.#add(name, withSourceNames(text));
    this.#depth--;
  }

  /** Takes out the end of the text that waits, behind its last new line. */
  takeLine(): string {
    if (this.#name !== "stdout" || this.#length === 0) return "";
    this.#depth++;
    const text = this.#parts.join("");
    const end = text.lastIndexOf("\n") + 1;
    this.#parts = [text.slice(0, end)];
    this.#length = end;
    this.#copied(Buffer.byteLength(this.#parts[0] ?? ""));
    this.#depth--;
    return text.slice(end);
  }

  #add(name: StreamName, text: string): void {
    const cell = currentCell();
    if (name !== this.#name || cell !== this.#cell) this.flush();
    if (this.#length === 0) {
      this.#since = Date.now();
      Atomics.store(this.shared, SHARED.textWaits, 1);
      if (!this.#isTimed) setTimeout(() => this.#onTime(), WAIT_MS).unref();
      this.#isTimed = true;
    }
    [this.#name, this.#cell] = [name, cell];
    this.#parts.push(text);
    this.#length += text.length;
    const bytes = Atomics.load(this.shared, SHARED.textBytes);
    this.#copied(bytes + write.call(this.#copy, text, bytes));
    // A timer does not fire in a loop that never waits; see also `late-text.ts`.
    if (this.#length > CHUNK || Date.now() - this.#since > WAIT_MS) this.flush();
  }

  #copied(bytes: number): void {
    Atomics.store(this.shared, SHARED.textIsError, this.#name === "stderr" ? 1 : 0);
    Atomics.store(this.shared, SHARED.textBytes, this.#cell?.silent === true ? 0 : bytes);
  }

  /** What ran was terminated, perhaps in the middle of a write. */
  unwind(): void {
    this.#depth = 0;
  }

  /** For `late-text.ts`, which comes in between, perhaps in the middle of a write. */
  flushUnlessBusy(): void {
    if (this.#depth === 0) this.flush();
  }

  #onTime(): void {
    this.#isTimed = false;
    this.flush();
  }

  flush(): void {
    if (this.#length === 0) return;
    this.#depth++;
    this.#send();
    this.#depth--;
  }

  #send(): void {
    Atomics.store(this.shared, SHARED.textWaits, 0);
    if (this.#cell?.silent !== true) {
      const content = { name: this.#name, text: this.#parts.join("") };
      this.post({ type: "publish", parent: this.#cell?.parent, kind: "stream", content });
    }
    // No call in between: a termination can then neither lose the text nor send it twice.
    this.#parts = [];
    this.#length = 0;
    this.#cell = undefined;
    Atomics.store(this.shared, SHARED.textBytes, 0);
  }
}
