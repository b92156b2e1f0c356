import { Worker } from "node:worker_threads";
import { INPUT_BYTES, SHARED, type CheckMode, type FrontData, type ToMain } from "../link.js";
import { Importer } from "../modules/importer.js";
import { hideContext } from "../output/hide-context.js";
import { installStackTraces } from "../output/stack.js";
import { captureStreams } from "../output/streams.js";
import { installCellGlobals } from "./cell-globals.js";
import { runningCell } from "./cell.js";
import { Comms } from "./comms.js";
import { Evaluator } from "./evaluator.js";
import { endWith } from "./exit.js";
import { Front } from "./front.js";
import { Input } from "./input.js";
import { kernelModule } from "./kernel-module.js";
import { captureRawOutput } from "./raw-output.js";
import { runCell } from "./run-cell.js";
import { tslabModule } from "./tslab-module.js";
import { ownUncaughtErrors } from "./uncaught.js";

/** The main thread of a kernel: it runs the cells. */
export function startKernel(connectionFile: string, check: CheckMode): void {
  const shared = new Int32Array(new SharedArrayBuffer(Object.keys(SHARED).length * 4));
  const inputBytes = new Uint8Array(new SharedArrayBuffer(INPUT_BYTES));
  // Before any thread that could open a file in between.
  const rawOutput = captureRawOutput();
  const workerData: FrontData = {
    connectionFile,
    cwd: process.cwd(),
    shared,
    input: inputBytes,
    check,
    rawOutput,
  };
  const worker = new Worker(new URL("../front/front.js", import.meta.url), { workerData });
  const post = worker.postMessage.bind(worker);
  const front = new Front(post);
  captureStreams(front, shared);
  hideContext();
  installStackTraces();
  ownUncaughtErrors(front);

  const evaluator = new Evaluator();
  const comms = new Comms(front);
  const input = new Input(front, shared, inputBytes);
  const virtual = new Map<string, unknown>([
    ["tslab", tslabModule(front)],
    ["typescript-kernel", kernelModule(front, comms, input)],
  ]);
  installCellGlobals(front, evaluator, new Importer(process.cwd(), virtual));
  input.install();
  const exit = endWith(worker, front, shared);

  worker.on("message", (message: ToMain) => {
    switch (message.type) {
      case "run":
        void runCell(message, evaluator, front);
        break;
      case "interrupt":
        Atomics.store(shared, SHARED.interruptSeen, message.sequence);
        runningCell()?.interrupt();
        break;
      case "comm":
        void comms.receive(message);
        break;
      case "comm-info":
        front.send({ type: "comm-info", id: message.id, comms: comms.info(message.target) });
        break;
      case "watch-signal":
        process.on("SIGINT", () => front.send({ type: "signal" }));
        break;
      case "exit":
        exit(0);
        break;
    }
  });
}
