import { setTimeout } from "node:timers/promises";
import type { Incoming } from "jupyter-wire/kernel-channels";
import { scopeName } from "../cell-names.js";
import { compileCell } from "../compile/compile-cell.js";
import { draft, newNames, type Names } from "../compile/names.js";
import type { CellError, CellRun, CompiledCell, RunEnd, ToRuntime } from "../link.js";
import { forgetSettings, projectSettings } from "../modules/tsconfig.js";
import { red } from "../output/colours.js";
import type { Checking } from "./checking.js";
import type { Debugging } from "./debugging.js";
import { describeCompileError } from "./compile-error.js";
import { readExecuteRequest, textOf, type ExecuteRequest } from "./execute-request.js";
import type { History } from "./history.js";
import type { Inputs } from "./inputs.js";
import type { LateText } from "./late-text.js";
import type { RawReader } from "./raw-reader.js";
import type { Replies } from "./replies.js";

interface Parts {
  readonly replies: Replies;
  readonly checking: Checking;
  readonly history: History;
  readonly inputs: Inputs;
  readonly raw: RawReader;
  readonly lateText: LateText;
  readonly debugging: Debugging;
  readonly post: (message: ToRuntime) => void;
}

/** So long a failed cell waits for what a front end that runs all cells sends behind it. */
const SENT_ALONG_MS = 20;

const INTERRUPTED: CellError = {
  ename: "KeyboardInterrupt",
  evalue: "",
  traceback: [red("KeyboardInterrupt")],
};

type Outcome = Omit<RunEnd, "type" | "id">;

/** Takes a cell from its request to its reply: compile, check, run. */
export class Executor {
  readonly post: (message: ToRuntime) => void;
  /** The request that is being run. */
  running: Incoming | undefined;
  /** What the cells so far have declared. */
  names: Names = newNames();
  #count = 0;
  #lastId = 0;
  /** How many requests were answered. */
  #answered = 0;
  /** The run that the runtime is to end; 0 for none. */
  #runId = 0;
  readonly #preloaded = new Set<string>();
  #finish: (outcome: Outcome) => void = () => {};
  #stop = new AbortController();

  constructor(private readonly parts: Parts) {
    this.post = parts.post;
  }

  /** Runs a request; resolves with whether those queued behind it are to be aborted. */
  async execute(incoming: Incoming): Promise<boolean> {
    const { replies, inputs, raw, lateText } = this.parts;
    const request = readExecuteRequest(incoming.message.content);
    const { header } = incoming.message;
    if (request.storeHistory) this.parts.history.add(++this.#count, request.code);
    const count = this.#count;
    if (!request.silent) {
      const content = { code: request.code, execution_count: count };
      replies.publish({ kind: "execute_input", parent: header, content });
    }
    this.running = inputs.running = incoming;
    raw.parent = header;
    this.#stop = new AbortController();
    lateText.watch();
    const { error, expressions } = await this.#run(request, incoming, count);
    lateText.rest();
    raw.drain();
    this.running = inputs.running = undefined;
    // What was sent along with this request is still to be read, so that it is aborted with it.
    // An interrupt comes late enough, and may be the kernel's end.
    const isFailure = error && error.ename !== "KeyboardInterrupt";
    if (isFailure && request.stopOnError) await setTimeout(SENT_ALONG_MS);
    const end = error
      ? { status: "error", ...error }
      : { status: "ok", user_expressions: expressions };
    replies.reply(incoming, { ...end, execution_count: count, payload: [] });
    this.#answered++;
    return error !== undefined && request.stopOnError;
  }

  /** The runtime tells how the run ended. */
  done({ id, error, expressions }: RunEnd): void {
    if (id !== this.#runId) return;
    this.#finish({ expressions, ...(error && { error: this.explain(error) }) });
  }

  /** What the cell that runs has thrown, with what can be done. */
  explain<E extends Pick<CellError, "ename" | "evalue" | "traceback">>(error: E): E {
    const code = textOf(this.running?.message.content["code"]);
    return this.parts.checking.explain(error, code);
  }

  /** Ends a run that was stopped and has not told so. */
  giveUp(stopped: Incoming): void {
    if (this.running !== stopped || this.#runId === 0) return;
    const error = INTERRUPTED;
    const parent = stopped.message.header;
    this.parts.replies.publish({ kind: "error", parent, content: { ...error } });
    this.#finish({ error, expressions: {} });
  }

  /** Ends what runs, if anything does, since the runtime is at its end. */
  async fail(error: CellError): Promise<void> {
    const { replies, raw } = this.parts;
    const parent = this.running?.message.header ?? raw.parent;
    replies.publish({ kind: "error", parent, content: { ...error } });
    this.#finish({ error, expressions: {} });
    const answered = this.#answered;
    for (let tries = 0; this.#answered === answered && tries < 5; tries++) {
      await setTimeout(SENT_ALONG_MS);
    }
  }

  /** What a name of the cells is called in the runtime, the likeliest first. */
  namesInRuntime(name: string): readonly string[] {
    const { declared, builtIn } = this.names;
    if (declared.has(name)) return [scopeName(name)];
    return builtIn.has(name) ? [name] : [scopeName(name), name];
  }

  /** A cell that is aborted. Others may need what it declares. */
  skip({ message }: Incoming): void {
    this.parts.checking.unrun.add(textOf(message.content["code"]));
  }

  /** Stops a check; what runs is stopped by `Interrupts`. */
  interrupt(): void {
    this.#stop.abort();
  }

  /** The process ends while a cell runs: by the cell's own will. */
  exiting(): void {
    if (this.running === undefined) return;
    this.parts.replies.reply(this.running, {
      status: "ok",
      execution_count: this.#count,
      user_expressions: {},
      payload: [{ source: "ask_exit", keepkernel: false }],
    });
    this.parts.replies.status("idle", this.running.message.header);
  }

  async #run(request: ExecuteRequest, incoming: Incoming, count: number): Promise<Outcome> {
    const { checking } = this.parts;
    const names = draft(this.names);
    const id = ++this.#lastId;
    const parent = incoming.message.header;
    const { silent, allowStdin } = request;
    let compiled: CompiledCell;
    try {
      compiled = this.#compile(request.code, id, names);
      this.#preload(compiled.packages, { id, count, parent, silent, allowStdin });
      const stopped = await checking.check(request.code, count, this.#stop.signal, (text) => {
        const content = { name: "stderr", text };
        this.parts.replies.publish({ kind: "stream", parent, content });
      });
      if (stopped) return this.#failed(stopped, request, incoming);
      if (this.parts.debugging.isAttached) {
        await this.parts.debugging.beforeRun({ id, count, source: request.code, ...compiled });
        if (this.#stop.signal.aborted) return this.#failed(INTERRUPTED, request, incoming);
      }
    } catch (error) {
      return this.#failed(describeCompileError(error, count), request, incoming);
    }
    this.names = names;
    checking.accept(request.code);
    this.#runId = id;
    const finished = new Promise<Outcome>((resolve) => {
      this.#finish = (outcome) => {
        this.#runId = 0;
        resolve(outcome);
      };
    });
    this.post({
      type: "run",
      id,
      count,
      parent,
      source: request.code,
      silent,
      allowStdin,
      expressions: this.#compileAll(request.expressions),
      ...compiled,
    });
    return finished;
  }

  /** While the types are checked in another process, the runtime has nothing to do. */
  #preload(packages: readonly string[], cell: CellRun): void {
    if (this.parts.checking.mode === "off") return;
    const fresh = packages.filter((name) => !this.#preloaded.has(name));
    for (const name of fresh) this.#preloaded.add(name);
    if (fresh.length > 0) this.post({ type: "preload", cell, packages: fresh });
  }

  #failed(error: CellError, { silent }: ExecuteRequest, { message }: Incoming): Outcome {
    if (!silent) {
      this.parts.replies.publish({ kind: "error", parent: message.header, content: { ...error } });
    }
    return { error, expressions: {} };
  }

  #compile(code: string, id: number, names: Names): CompiledCell {
    const settings = () => {
      forgetSettings();
      return projectSettings(`${process.cwd()}/notebook.ts`);
    };
    // Only decorators and JSX ask for the tsconfig here.
    const legacyDecorators = code.includes("@") && settings().legacyDecorators;
    return compileCell(code, id, names, { legacyDecorators, jsx: () => settings().jsx });
  }

  #compileAll(
    expressions: ExecuteRequest["expressions"],
  ): Record<string, CompiledCell | CellError> {
    const compiled = Object.entries(expressions).map(([key, code]) => {
      try {
        return [key, this.#compile(code, ++this.#lastId, this.names)];
      } catch (error) {
        return [key, describeCompileError(error, this.#count)];
      }
    });
    return Object.fromEntries(compiled) as Record<string, CompiledCell | CellError>;
  }
}
