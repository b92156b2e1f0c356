import { FrameError } from "./errors.js";

const HEADER_END = "\r\n\r\n";

/** A message as it goes over the pipe: its length in bytes in a header, then JSON in UTF-8. */
export function encodeFrame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}${HEADER_END}`), body]);
}

/** Cuts a stream of bytes into messages, wherever the chunks begin and end. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that must be there before it is worth looking again. */
  #wanted = 0;

  /** @returns the messages that became whole with this chunk */
  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return [];
    let bytes = Buffer.concat(this.#chunks);
    const messages: unknown[] = [];
    this.#wanted = 0;
    for (;;) {
      const end = bytes.indexOf(HEADER_END);
      if (end === -1) break;
      const size = /content-length:\s*(\d+)/i.exec(bytes.toString("latin1", 0, end))?.[1];
      if (size === undefined) throw new FrameError("A message of the type checker has no length.");
      const start = end + HEADER_END.length;
      const whole = start + Number(size);
      if (bytes.length < whole) {
        this.#wanted = whole;
        break;
      }
      messages.push(JSON.parse(bytes.toString("utf8", start, whole)));
      bytes = bytes.subarray(whole);
    }
    this.#chunks = [bytes];
    this.#length = bytes.length;
    return messages;
  }
}
