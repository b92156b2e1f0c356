// First of all: see there.
import { data } from "./thread-data.js";
import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import type { ConnectionInfo } from "jupyter-wire/connection-info";
import { KernelChannels } from "jupyter-wire/kernel-channels";
import {
  type CellError,
  type Publication,
  SHARED,
  type ToProtocol,
  type ToRuntime,
} from "../link.js";
import { warmUp } from "../compile/compile-cell.js";
import { Checking } from "./checking.js";
import { ChildProcesses } from "./child-processes.js";
import { Control } from "./control.js";
import { Debugging } from "./debugging.js";
import { Executor } from "./executor.js";
import { HistoryFile, historyPath } from "./history-file.js";
import { History } from "./history.js";
import { Inputs } from "./inputs.js";
import { Interrupts } from "./interrupts.js";
import { LastWords } from "./last-words.js";
import { LateText } from "./late-text.js";
import { RuntimeSession } from "./runtime-session.js";
import { watchParent } from "./parent-watch.js";
import { Questions } from "./questions.js";
import { RawReader } from "./raw-reader.js";
import { Replies } from "./replies.js";
import { RuntimeValues } from "./runtime-values.js";
import { Shell } from "./shell.js";

/** What the first cell will need is not to slow down the start. */
const WARM_UP_MS = 50;
/** How long what was said last may be on its way, in milliseconds. */
const SEND_MS = 200;

/** The kernel's side of the protocol, in a thread of its own: see `link.ts`. */
const port = parentPort as NonNullable<typeof parentPort>;
const post = (message: ToRuntime) => port.postMessage(message);
const info = JSON.parse(readFileSync(data.connectionFile, "utf8")) as ConnectionInfo;

const channels = new KernelChannels(info, {
  onMessage: (incoming) => {
    const { channel } = incoming.message;
    if (channel === "control") control.receive(incoming);
    else if (channel === "stdin") inputs.receive(incoming.message);
    else shell.receive(incoming);
  },
  // Whoever cannot sign a message is not to learn anything, not even that it was refused.
  onError: () => {},
  onSubscribe: (topic) => replies.welcome(topic),
});
const replies = new Replies(channels);
const checking = new Checking(data);
const inputs = new Inputs(replies, data, post);
const children = new ChildProcesses();
const runtime = new RuntimeSession();
const interrupts = new Interrupts(data.shared, post, inputs, runtime, children);
const lateText = new LateText(data.shared, runtime);
const lastWords = new LastWords(
  data,
  (text) =>
    replies.publish({ kind: "stream", parent: raw.parent, content: { name: "stderr", text } }),
  (error) => void endBy(error),
);
const raw: RawReader = new RawReader(replies, lastWords);
const historyAt = data.keepsHistory ? historyPath() : undefined;
const history = new History(historyAt === undefined ? undefined : new HistoryFile(historyAt));
const debugging: Debugging = new Debugging({
  replies,
  checking,
  executor: () => executor,
  interrupt: () => control.stop(),
});
const executor: Executor = new Executor({
  replies,
  checking,
  history,
  inputs,
  raw,
  lateText,
  debugging,
  post,
});
checking.values = new RuntimeValues(runtime, (name) => executor.namesInRuntime(name));
const questions = new Questions(replies, checking, history, post, data.language);
const shell = new Shell(replies, executor, questions, () => control.shutdown());
const control = new Control({ replies, interrupts, executor, questions, debugging, post });

port.on("message", (message: ToProtocol) => {
  switch (message.type) {
    case "publish":
      replies.publish(message.kind === "error" ? explained(message) : message);
      break;
    case "done":
      executor.done(message);
      break;
    case "raw-output":
      lastWords.heapLimit = message.heapLimit;
      raw.read(message.outputs);
      break;
    case "debug-log":
      debugging.logged(message.id, message.text);
      break;
    case "comm-done":
      shell.commDone();
      break;
    case "comm-info":
      questions.commInfo(message.id, message.comms);
      break;
    case "input":
      inputs.ask(message.prompt, message.password, message.isLater);
      break;
    case "blocked":
      children.blocked = new Set(message.others);
      break;
    case "unblocked":
      children.blocked = undefined;
      break;
    case "end-children":
      children.end(message.pids);
      break;
    case "signal":
      void control.stop();
      break;
    case "exit":
      void end();
      break;
  }
});

function explained(message: Publication): Publication {
  const content = executor.explain(message.content as unknown as CellError);
  return { ...message, content: { ...content } };
}

/** The runtime stands still until all is sent. */
async function end(): Promise<void> {
  raw.drain();
  history.write();
  executor.exiting();
  replies.status("idle", undefined);
  await channels.flushed();
  channels.close();
  void checking.dispose();
  // It sends its signal before this goes on, and nobody waits for the process.
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.store(data.shared, SHARED.flushed, 1);
  Atomics.notify(data.shared, SHARED.flushed);
}

/** The runtime stands still for ever: what it can no longer say is said here. */
async function endBy(error: CellError): Promise<void> {
  const content = lastWords.waitingText();
  if (content.text !== "") replies.publish({ kind: "stream", parent: raw.parent, content });
  await executor.fail(error);
  history.write();
  await channels.flushed();
  channels.close();
  void checking.dispose();
  // The sockets hold what they have for a while.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), SEND_MS);
}

void channels.bind().then(() => {
  replies.status("starting", undefined);
  interrupts.onSignal(() => void control.stop());
  watchParent(post);
  setTimeout(() => warmUp(), WARM_UP_MS);
});
// Another process, while the sockets are bound: its start is what the first cell waits for longest.
checking.warmUp();
