import { Console } from "node:console";
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { announceColours, colourAnswers, mayColour } from "./colour-support.js";

export type StreamName = "stdout" | "stderr";

/** Where printed text goes. */
export interface TextSink {
  write(name: StreamName, text: string): void;
  clear(): void;
}

/** Puts streams in place of `process.stdout`, `process.stderr` and the console's. */
export function captureStreams(sink: TextSink): void {
  const isColoured = mayColour();
  if (isColoured) announceColours();
  const stream = (name: StreamName, fd: number) =>
    Object.assign(outputStream(name, fd, sink), colourAnswers(isColoured));
  const [stdout, stderr] = [stream("stdout", 1), stream("stderr", 2)];
  Object.defineProperty(process, "stdout", { get: () => stdout, configurable: true });
  Object.defineProperty(process, "stderr", { get: () => stderr, configurable: true });
  // A console of its own: Node's would keep what it prints for a debugger.
  const console = new Console({ stdout, stderr, colorMode: isColoured });
  console.clear = () => sink.clear();
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

function outputStream(name: StreamName, fd: number, sink: TextSink): Writable {
  const decoder = new StringDecoder("utf8");
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      sink.write(name, decoder.write(chunk));
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
    if (typeof chunk === "string" && !encoded) sink.write(name, chunk);
    else sink.write(name, decoder.write(bytesOf(chunk, encoding as BufferEncoding)));
    if (typeof done === "function") process.nextTick(done);
    return true;
  };
  return Object.assign(stream, { fd, write });
}
