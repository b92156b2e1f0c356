import { Worker, SHARE_ENV } from "node:worker_threads";
import { INPUT_BYTES, SHARED, TEXT_BYTES, type ProtocolThreadData } from "../link.js";
import type { CheckMode } from "../settings.js";

// Started when this module is loaded, before all others: a thread takes longer to start than the
// rest of the kernel. The arguments are CONNECTION_FILE [--check=error|warn|off]
// [--language=typescript|javascript] [--history=off].
const [connectionFile, ...options] = process.argv.slice(2);
if (connectionFile === undefined) {
  throw new Error("The connection file is missing: this program is to be started by Jupyter.");
}
const optionOf = (name: string) =>
  options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
const mode = optionOf("--check");
const check: CheckMode = mode === "warn" || mode === "off" ? mode : "error";

/** See `link.ts`. */
export const shared = new Int32Array(new SharedArrayBuffer(Object.keys(SHARED).length * 4));
/** Where an answer of the user comes in. */
export const inputBytes = new Uint8Array(new SharedArrayBuffer(INPUT_BYTES));
/** Where text that waits can be read when this thread is at its end. */
export const waitingText = new Uint8Array(new SharedArrayBuffer(TEXT_BYTES));

const workerData: ProtocolThreadData = {
  connectionFile,
  cwd: process.cwd(),
  shared,
  input: inputBytes,
  text: waitingText,
  check,
  language: optionOf("--language") === "javascript" ? "javascript" : "typescript",
  keepsHistory: optionOf("--history") !== "off",
};
/** The thread of `protocol/`. It waits for `releaseProtocolThread` before it opens any file. */
export const protocolThread = new Worker(
  new URL("../protocol/protocol-thread.js", import.meta.url),
  {
    workerData,
    env: SHARE_ENV,
    // For `interrupts.ts`; Node warns of it.
    execArgv: ["--expose-internals", "--no-warnings"],
  },
);

/** Lets the protocol thread go on, once what must not be disturbed is done. */
export function releaseProtocolThread(undisturbed: () => void): void {
  Atomics.wait(shared, SHARED.protocolWaits, 0);
  undisturbed();
  Atomics.store(shared, SHARED.protocolMayGo, 1);
  Atomics.notify(shared, SHARED.protocolMayGo);
}
