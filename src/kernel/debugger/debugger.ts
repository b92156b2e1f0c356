import type { Names } from "../compile/names.js";
import { DebugError } from "../errors.js";
import type { CompiledCell } from "../link.js";
import { Arguments } from "./arguments.js";
import { CAPABILITIES } from "./capabilities.js";
import { CellFiles } from "./cell-files.js";
import { dataOf, Engine, isException } from "./engine.js";
import { FlowRequests, THREAD } from "./flow-requests.js";
import { ALWAYS, BEFORE_CELLS, EMPTY } from "./replies.js";
import type { ScriptText } from "./runtime-part.js";
import { SourceRequests } from "./source-requests.js";
import type { Stop } from "./stop.js";
import { ValueRequests } from "./value-requests.js";

type Body = Record<string, unknown>;
type Handler = (args: Arguments) => Body | Promise<Body>;

/** What the debugger needs of the kernel around it. */
export interface DebuggedKernel {
  readonly kernelFolder: string;
  readonly names: () => Names;
  readonly adopt: (names: Names, source: string) => void;
  readonly isRunning: () => boolean;
  /** Stops the running cell. */
  readonly interrupt: () => Promise<void>;
  readonly publish: (event: Body) => void;
}

/** A cell that is about to run. */
export interface StartingCell extends Pick<CompiledCell, "code" | "maps" | "declared"> {
  readonly id: number;
  readonly count: number;
  readonly source: string;
}

/** Answers the requests of the Debug Adapter Protocol, and those that Jupyter adds to it. */
export class Debugger {
  readonly #files = new CellFiles();
  readonly #kernel: DebuggedKernel;
  #engine: Engine;
  #values: ValueRequests;
  #isAttached = false;
  #pauseNext = false;
  readonly #unanswered = new Set<Promise<unknown>>();
  #seq = 0;
  readonly #handlers: Readonly<Record<string, Handler>>;

  constructor(kernel: DebuggedKernel) {
    this.#kernel = kernel;
    [this.#engine, this.#values] = this.#start();
    this.#handlers = this.#requests();
  }

  get isAttached(): boolean {
    return this.#isAttached;
  }

  /** Answers a debug_request. */
  async answer(request: Body): Promise<Body> {
    const command = typeof request["command"] === "string" ? request["command"] : "";
    const reply = { type: "response", request_seq: request["seq"] ?? 0, command };
    try {
      const handler = Object.hasOwn(this.#handlers, command) ? this.#handlers[command] : undefined;
      if (!handler) throw new DebugError(`The debugger does not know the request "${command}".`);
      if (!this.#isAttached && !ALWAYS.has(command)) {
        throw new DebugError("The debugger is off: send initialize and attach before.");
      }
      const answer = Promise.resolve(handler(new Arguments(request["arguments"])));
      if (BEFORE_CELLS.has(command)) this.#await(answer);
      const body = await answer;
      return { seq: ++this.#seq, ...reply, success: true, body };
    } catch (error) {
      const { message } = error as Error;
      return { seq: ++this.#seq, ...reply, success: false, message, body: EMPTY[command] ?? {} };
    }
  }

  /** Readies a cell's breakpoints, before it is sent to run. */
  async beforeRun(cell: StartingCell): Promise<void> {
    const { id, count, source, maps } = cell;
    await Promise.all(this.#unanswered);
    const { breakpoints, scripts } = this.#engine;
    const url = `cell-${id}`;
    const { path } = scripts.addCell({ url, label: `Cell ${count}`, source, maps });
    if (this.#pauseNext || /\bdebugger\b/.test(source)) await this.#engine.on();
    if (this.#pauseNext) await breakpoints.stopAtStart(url, cell);
    this.#pauseNext = false;
    await breakpoints.refreshFiles();
    await breakpoints.beforeRun(path, url, cell);
  }

  /** The next cell runs when this is done: a front end may not have waited for its answer either. */
  #await(answer: Promise<unknown>): void {
    const done: Promise<unknown> = answer
      .catch(() => {})
      .finally(() => this.#unanswered.delete(done));
    this.#unanswered.add(done);
  }

  /** Ends a cell that stands still; it is told so in another way. */
  async interrupt(): Promise<void> {
    this.#pauseNext = false;
    await this.#engine.terminate();
  }

  /** Lets all go on, for the kernel's end. */
  end(): void {
    this.#isAttached = false;
    this.#engine.letGo();
  }

  /** Lets all go on, without breakpoints: nobody listens any more. */
  detach(): void {
    this.#isAttached = false;
    this.#pauseNext = false;
    this.#engine.close();
    [this.#engine, this.#values] = this.#start();
  }

  /** The text of a log point. */
  logged(id: number, text: string): void {
    const { source, line } = this.#engine.breakpoints.placeOf(id) ?? {};
    this.#publish("output", { category: "console", output: `${text}\n`, source, line });
  }

  #start(): [Engine, ValueRequests] {
    const engine: Engine = new Engine({
      files: this.#files,
      kernelFolder: this.#kernel.kernelFolder,
      names: this.#kernel.names,
      onStopped: (stop) => this.#stopped(stop),
      onContinued: () => {
        values.continued();
        this.#publish("continued", { threadId: THREAD.id, allThreadsContinued: true });
      },
      onBreakpoint: (breakpoint) => this.#publish("breakpoint", { reason: "changed", breakpoint }),
    });
    const values = new ValueRequests(engine, this.#kernel);
    return [engine, values];
  }

  #stopped({ event, reason }: Stop): void {
    const { description } = dataOf(event);
    const hit = this.#engine.breakpoints.idsOf(event.hitBreakpoints ?? []);
    this.#publish("stopped", {
      reason,
      threadId: THREAD.id,
      allThreadsStopped: true,
      ...(hit.length > 0 ? { hitBreakpointIds: hit } : {}),
      ...(isException(event) ? { text: String(description).split("\n")[0] } : {}),
    });
  }

  #publish(event: string, body: Body): void {
    this.#kernel.publish({ type: "event", seq: ++this.#seq, event, body });
  }

  #requests(): Record<string, Handler> {
    const values = () => this.#values;
    const flow = new FlowRequests(
      () => this.#engine,
      this.#kernel.isRunning,
      () => (this.#pauseNext = true),
    );
    const sources = new SourceRequests(() => this.#engine, this.#files);
    return {
      debugInfo: () => this.#info(),
      initialize: (args) => {
        this.#values.variables.isForJupyterLab = args.optionalText("clientID") === "jupyterlab";
        this.#isAttached = true;
        return { ...CAPABILITIES };
      },
      attach: () => this.#attach(),
      configurationDone: () => ({}),
      disconnect: (args) => this.#disconnect(args.flag("terminateDebuggee")),
      terminate: () => this.#disconnect(true),
      restart: () => this.#restart(),
      dumpCell: (args) => ({ sourcePath: this.#files.add(args.text("code")) }),
      setBreakpoints: (args) => sources.setBreakpoints(args),
      setExceptionBreakpoints: (args) => flow.setExceptionBreakpoints(args),
      exceptionInfo: () => flow.exceptionInfo(),
      threads: () => flow.threads(),
      stackTrace: (args) => flow.stackTrace(args),
      source: (args) => sources.source(args),
      modules: (args) => sources.modules(args),
      continue: (args) => flow.go("resume", args),
      next: (args) => flow.go("stepOver", args),
      stepIn: (args) => flow.go("stepInto", args),
      stepOut: (args) => flow.go("stepOut", args),
      pause: (args) => flow.pause(args),
      scopes: (args) => values().scopes(args),
      variables: (args) => values().list(args),
      setVariable: (args) => values().setVariable(args),
      evaluate: (args) => values().evaluate(args),
      inspectVariables: () => values().inspectVariables(),
      richInspectVariables: (args) => values().richInspectVariables(args),
      copyToGlobals: (args) => values().copyToGlobals(args),
    };
  }

  #info(): Body {
    return {
      isStarted: this.#isAttached,
      ...this.#files.hashing,
      breakpoints: this.#engine.breakpoints.list,
      stoppedThreads: this.#engine.stop === undefined ? [] : [THREAD.id],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: true,
    };
  }

  async #attach(): Promise<Body> {
    this.#isAttached = true;
    const { inspector, scripts } = this.#engine;
    const options = { expression: "$kernel$.debug.scripts()", returnByValue: true, silent: true };
    const { result } = await inspector.post<{ result: { value: ScriptText[] } }>(
      "Runtime.evaluate",
      { ...options, disableBreaks: true },
    );
    for (const text of result.value) if (text.url.startsWith("cell-")) scripts.addCell(text);
    this.#publish("initialized", {});
    return {};
  }

  /** After this the front end may attach again. */
  async #disconnect(isEnd: boolean): Promise<Body> {
    const wasAttached = this.#isAttached;
    if (isEnd && wasAttached && this.#kernel.isRunning()) await this.#kernel.interrupt();
    this.detach();
    if (wasAttached) this.#publish("terminated", {});
    return {};
  }

  /** The cell ends; the breakpoints stay. */
  async #restart(): Promise<Body> {
    if (this.#kernel.isRunning()) await this.#kernel.interrupt();
    this.#publish("initialized", {});
    return {};
  }
}
