// First of all: see there.
import { frontThread, inputBytes, openFront, shared } from "./front-thread.js";
import { SHARED, type ToMain } from "../link.js";
import { Importer } from "../modules/importer.js";
import { hideContext } from "../output/hide-context.js";
import { installStackTraces } from "../output/stack.js";
import { captureStreams } from "../output/streams.js";
import { installCellGlobals } from "./cell-globals.js";
import { runningCell } from "./cell.js";
import { Comms } from "./comms.js";
import { Evaluator } from "./evaluator.js";
import { ownEventListeners } from "./event-listeners.js";
import { endWith } from "./exit.js";
import { Front } from "./front.js";
import { Input } from "./input.js";
import { kernelModule } from "./kernel-module.js";
import { captureRawOutput } from "./raw-output.js";
import { preload } from "./preload.js";
import { runCell } from "./run-cell.js";
import { kernelRuns } from "./unwind.js";
import { tslabModule } from "./tslab-module.js";
import { ownUncaughtErrors } from "./uncaught.js";

/** The main thread of a kernel: it runs the cells. */
const front = new Front(frontThread.postMessage.bind(frontThread));
front.send({ type: "raw-output", outputs: captureRawOutput(openFront) });
captureStreams(front, shared);
hideContext();
installStackTraces();
ownUncaughtErrors(front);
ownEventListeners();

const evaluator = new Evaluator();
const comms = new Comms(front);
const input = new Input(front, shared, inputBytes);
const virtual = new Map<string, unknown>([
  ["tslab", tslabModule(front)],
  ["typescript-kernel", kernelModule(front, comms, input)],
]);
const importer = new Importer(process.cwd(), virtual);
installCellGlobals(front, evaluator, importer, shared);
input.install();
const exit = endWith(frontThread, front, shared);

frontThread.on("message", (message: ToMain) => {
  kernelRuns(true);
  receive(message);
  kernelRuns(false);
});

function receive(message: ToMain): void {
  switch (message.type) {
    case "run":
      void runCell(message, evaluator, front);
      break;
    case "preload":
      void preload(message, importer);
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
}
