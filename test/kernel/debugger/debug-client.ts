import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Message } from "jupyter-wire/messages";
import { TestKernel, type KernelOptions, type Run } from "../client.js";

type Body = Record<string, unknown>;

export interface DebugReply {
  readonly success: boolean;
  readonly message?: string;
  readonly body: Body;
}

/** A debugger's front end of the tests' own: requests on control, events on iopub, nothing else. */
export class DebugClient {
  #seq = 0;

  private constructor(readonly kernel: TestKernel) {}

  /** Starts a kernel, and its debugger unless a test does. */
  static async start(options: KernelOptions = {}, isAttached = true): Promise<DebugClient> {
    const client = new DebugClient(await TestKernel.start({ args: ["--check=off"], ...options }));
    if (isAttached) await client.attach();
    return client;
  }

  async attach(clientID = "test"): Promise<void> {
    await this.ask("initialize", { clientID });
    await this.ask("attach");
  }

  /** Sends a request; resolves with the reply, whatever it says. */
  async request(command: unknown, args?: unknown): Promise<DebugReply> {
    const content = { type: "request", seq: ++this.#seq, command, arguments: args };
    return (await this.kernel.ask("debug_request", content, "control")) as unknown as DebugReply;
  }

  /** Sends a request that must succeed; resolves with the body of the reply. */
  async ask<T = Body>(command: string, args: Body = {}): Promise<T> {
    const { success, message, body } = await this.request(command, args);
    if (!success) throw new Error(`${command} failed: ${message}`);
    return body as T;
  }

  /** The body of the next event of a kind. */
  async event(kind: string): Promise<Body> {
    const { content } = await this.kernel.next(
      ({ header, content: { event } }: Message) =>
        header.msg_type === "debug_event" && event === kind,
    );
    return content["body"] as Body;
  }

  /** Sets breakpoints in a cell by the numbers of its lines. */
  async breakIn(
    code: string,
    ...lines: (number | DebugProtocol.SourceBreakpoint)[]
  ): Promise<DebugProtocol.Breakpoint[]> {
    const { sourcePath } = await this.ask<{ sourcePath: string }>("dumpCell", { code });
    return this.breakAt(sourcePath, ...lines);
  }

  async breakAt(
    path: string,
    ...lines: (number | DebugProtocol.SourceBreakpoint)[]
  ): Promise<DebugProtocol.Breakpoint[]> {
    const breakpoints = lines.map((one) => (typeof one === "number" ? { line: one } : one));
    const body = await this.ask("setBreakpoints", { source: { path }, breakpoints });
    return body["breakpoints"] as DebugProtocol.Breakpoint[];
  }

  /** Runs a cell until it stops. */
  async runToStop(code: string): Promise<{ ended: Promise<Run>; stop: Body }> {
    const stopped = this.event("stopped");
    const { ended } = this.kernel.start(code);
    return { ended, stop: await stopped };
  }

  /** Goes on until the next stop. */
  async step(command: "next" | "stepIn" | "stepOut" | "continue"): Promise<Body> {
    const stopped = this.event("stopped");
    await this.ask(command, { threadId: 1 });
    return stopped;
  }

  async frames(): Promise<DebugProtocol.StackFrame[]> {
    const body = await this.ask("stackTrace", { threadId: 1 });
    return body["stackFrames"] as DebugProtocol.StackFrame[];
  }

  /** Where it stands, as `name:line` from the top. */
  async stack(): Promise<string[]> {
    return (await this.frames()).map(({ name, line }) => `${name}:${line}`);
  }

  async scope(name: string, frame = 0): Promise<DebugProtocol.Variable[]> {
    const frameId = (await this.frames())[frame]?.id;
    const body = await this.ask("scopes", { frameId });
    const scope = (body["scopes"] as DebugProtocol.Scope[]).find((one) => one.name === name);
    if (scope === undefined) throw new Error(`There is no scope ${name}.`);
    return this.children(scope.variablesReference);
  }

  async children(variablesReference: number, page: Body = {}): Promise<DebugProtocol.Variable[]> {
    const body = await this.ask("variables", { variablesReference, ...page });
    return body["variables"] as DebugProtocol.Variable[];
  }

  /** Evaluates in the frame on top, or outside of a stop. */
  async evaluate(expression: string): Promise<string> {
    return String((await this.ask("evaluate", { expression, context: "repl" }))["result"]);
  }
}

/** `name: value` of each. */
export function texts(variables: readonly DebugProtocol.Variable[]): string[] {
  return variables.map(({ name, value }) => `${name}: ${value}`);
}
