import { Console } from "node:console";
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { withSourceNames } from "../cell-names.js";
import { SHARED } from "../link.js";
import { currentCell, type Cell } from "../runtime/cell.js";
import { announceColours, colourAnswers, mayColour } from "./colour-support.js";
import type { Outbox } from "../runtime/outbox.js";

type StreamName = "stdout" | "stderr";

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

  constructor(
    private readonly outbox: Outbox,
    private readonly shared: Int32Array,
  ) {
    outbox.flush = () => this.flush();
    outbox.flushUnlessBusy = () => this.flushUnlessBusy();
    outbox.unwind = () => this.unwind();
  }

  write(name: StreamName, text: string): void {
    if (text === "") return;
    this.#depth++;
    this.#add(name, withSourceNames(text));
    this.#depth--;
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
    // A timer does not fire in a loop that never waits; see also `late-text.ts`.
    if (this.#length > CHUNK || Date.now() - this.#since > WAIT_MS) this.flush();
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
      this.outbox.send({ type: "publish", parent: this.#cell?.parent, kind: "stream", content });
    }
    // No call in between: a termination can then neither lose the text nor send it twice.
    this.#parts = [];
    this.#length = 0;
    this.#cell = undefined;
  }
}

// Kept, since cells may replace the global ones.
const { setTimeout, Date } = globalThis;

/** Puts streams in place of `process.stdout`, `process.stderr` and the console's. */
export function captureStreams(outbox: Outbox, shared: Int32Array): void {
  const buffer = new TextBuffer(outbox, shared);
  const isColoured = mayColour();
  if (isColoured) announceColours();
  const stream = (name: StreamName, fd: number) =>
    Object.assign(outputStream(name, fd, buffer), colourAnswers(isColoured));
  const [stdout, stderr] = [stream("stdout", 1), stream("stderr", 2)];
  Object.defineProperty(process, "stdout", { get: () => stdout, configurable: true });
  Object.defineProperty(process, "stderr", { get: () => stderr, configurable: true });
  // A console of its own: Node's would keep what it prints for a debugger.
  const console = new Console({ stdout, stderr, colorMode: isColoured });
  console.clear = () => outbox.publish("clear_output", { wait: false });
  Object.defineProperty(globalThis, "console", {
    value: console,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

function bytesOf(chunk: string | Uint8Array, encoding: BufferEncoding): Buffer {
  if (typeof chunk === "string") return Buffer.from(chunk, encoding);
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function outputStream(name: StreamName, fd: number, buffer: TextBuffer): Writable {
  const decoder = new StringDecoder("utf8");
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      buffer.write(name, decoder.write(chunk));
      done();
    },
  });
  // Around the stream's own queue, which a termination in the middle would leave stuck.
  const write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | (() => void),
    done = encoding,
  ) => {
    const encoded = typeof encoding === "string" && !/^utf-?8$/i.test(encoding);
    if (typeof chunk === "string" && !encoded) buffer.write(name, chunk);
    else buffer.write(name, decoder.write(bytesOf(chunk, encoding as BufferEncoding)));
    if (typeof done === "function") process.nextTick(done);
    return true;
  };
  return Object.assign(stream, { fd, write });
}
