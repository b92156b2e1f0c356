// First of all: see there.
import {
  protocolThread,
  inputBytes,
  releaseProtocolThread,
  shared,
  waitingText,
} from "./start-protocol-thread.js";
import { channel } from "node:diagnostics_channel";
import { getHeapStatistics } from "node:v8";
import { SHARED, type ToRuntime } from "../link.js";
import { Importer } from "../modules/importer.js";
import { forgetSecrets } from "./forget-secrets.js";
import { hideContext } from "../output/hide-context.js";
import { installStackTraces } from "../output/stack.js";
import { captureStreams } from "../output/streams.js";
import { installCellGlobals } from "./cell-globals.js";
import { onInterrupt, runningCell } from "./cell.js";
import { Children } from "./children.js";
import { Comms } from "./comms.js";
import { Evaluator } from "./evaluator.js";
import { ownEventListeners } from "./event-listeners.js";
import { showFunctionsAsWritten } from "./function-source.js";
import { endWith } from "./exit.js";
import { installLastValue } from "./last-value.js";
import { Outbox } from "./outbox.js";
import { Input } from "./input.js";
import { kernelModule } from "./kernel-module.js";
import { captureRawOutput } from "./raw-output.js";
import { preload } from "./preload.js";
import { runCell } from "./run-cell.js";
import { kernelRuns } from "./kernel-code.js";
import { installStandardInput } from "./standard-input.js";
import { tslabModule } from "./tslab-module.js";
import { runTypeScriptInWorkers } from "./typescript-workers.js";
import { ownUncaughtErrors } from "./uncaught.js";

/** The process's main thread: it runs the cells. */
forgetSecrets();
const outbox = new Outbox(protocolThread.postMessage.bind(protocolThread), shared, waitingText);
const outputs = captureRawOutput(releaseProtocolThread);
const heapLimit = getHeapStatistics().heap_size_limit;
outbox.send({ type: "raw-output", outputs, heapLimit });
captureStreams(outbox);
hideContext();
installStackTraces();
ownUncaughtErrors(outbox);
ownEventListeners();
const children = new Children(outbox, shared);
children.watch();
onInterrupt((cell) => children.endAwaited(cell));
// For libraries that can put an end to what was awaited, or begun by code that was cut short.
onInterrupt(({ awaited, terminated, startedAt }) =>
  channel("typescript-kernel:interrupt").publish({ awaited, terminated, startedAt }),
);
showFunctionsAsWritten();

const evaluator = new Evaluator();
const comms = new Comms(outbox);
const input = new Input(outbox, shared, inputBytes);
const virtual = new Map<string, unknown>([
  ["tslab", tslabModule(outbox)],
  ["typescript-kernel", kernelModule(outbox, comms, input)],
]);
const importer = new Importer(process.cwd(), virtual);
installCellGlobals(outbox, evaluator, importer, shared);
input.install();
installLastValue();
runTypeScriptInWorkers();
const lookAtInput = installStandardInput(input);
const exit = endWith(protocolThread, outbox, shared);

protocolThread.on("message", (message: ToRuntime) => {
  kernelRuns(true);
  receive(message);
  kernelRuns(false);
});

function receive(message: ToRuntime): void {
  switch (message.type) {
    case "run":
      lookAtInput();
      void runCell(message, evaluator, outbox);
      break;
    case "preload":
      void preload(message, importer);
      break;
    case "interrupt":
      // It may have been sent twice, and be seen elsewhere.
      if (message.sequence <= Atomics.load(shared, SHARED.interruptSeen)) break;
      Atomics.store(shared, SHARED.interruptSeen, message.sequence);
      runningCell()?.interrupt();
      break;
    case "comm":
      void comms.receive(message);
      break;
    case "comm-info":
      outbox.send({ type: "comm-info", id: message.id, comms: comms.info(message.target) });
      break;
    case "input-reply":
      input.answered(message.text);
      break;
    case "watch-signal":
      process.on("SIGINT", () => outbox.send({ type: "signal" }));
      break;
    case "exit":
      exit(0);
      break;
  }
}
