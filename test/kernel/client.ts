import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Request } from "zeromq";
import { Channels } from "#jupyter/channels.js";
import {
  ipcConnection,
  socketAddress,
  writeConnectionFile,
  type ConnectionInfo,
} from "#jupyter/connection-info.js";
import { answers, request, type Message } from "#jupyter/messages.js";
import { GuardedProcess } from "#processes/guarded-process.js";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";

const program = createRequire(import.meta.url).resolve("typescript-kernel/runtime");

export interface KernelOptions {
  readonly cwd?: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Keep inputs over restarts. Default: false. */
  readonly keepsHistory?: boolean;
}

export interface Run {
  readonly reply: Message;
  /** The iopub messages of the request, in order. */
  readonly messages: readonly Message[];
}

type Content = Record<string, unknown>;

/** A kernel process and a client of its own making: nothing here but sockets and messages. */
export class TestKernel {
  readonly session = randomUUID();
  readonly wireErrors: unknown[] = [];
  /** All that came on iopub. */
  readonly published: Message[] = [];
  /** Called with each message on iopub. */
  onPublished: (message: Message) => void = () => {};
  /** Answers an input_request; undefined leaves it unanswered. */
  onInput: (content: Content) => string | undefined = () => undefined;
  readonly #waiting = new Set<(message: Message) => void>();
  readonly #channels: Channels;

  private constructor(
    readonly info: ConnectionInfo,
    readonly process: GuardedProcess,
    private readonly folder: string,
  ) {
    this.#channels = new Channels(info, {
      ipcSeparator: "-",
      onError: (error) => this.wireErrors.push(error),
      onMessage: (message) => this.#receive(message),
    });
  }

  static async start({
    cwd,
    args = [],
    env = {},
    keepsHistory = false,
  }: KernelOptions = {}): Promise<TestKernel> {
    const folder = await temporaryFolder("redis-lab-test-kernel");
    const info = ipcConnection(folder);
    if (info === undefined) throw new Error(`The path of ${folder} is too long for a socket.`);
    const file = join(folder, "connection.json");
    await writeConnectionFile(file, info);
    const child = GuardedProcess.start(
      process.execPath,
      [program, file, ...(keepsHistory ? [] : ["--history=off"]), ...args],
      {
        cwd: cwd ?? folder,
        // Most tests read what is printed; colours have tests of their own.
        env: { ...process.env, NO_COLOR: "1", ...env },
        stdio: ["ignore", "inherit", "inherit"],
        folder,
      },
    );
    const kernel = new TestKernel(info, child, folder);
    const welcome = kernel.next((message) => message.header.msg_type === "iopub_welcome");
    await kernel.ask("kernel_info_request");
    await welcome;
    return kernel;
  }

  /** Resolves with the next message that a test wants; rejects when the kernel ends before. */
  next(wanted: (message: Message) => boolean): Promise<Message> {
    const wait = new Promise<Message>((resolve, reject) => {
      const listener = (message: Message) => {
        if (!wanted(message)) return;
        this.#waiting.delete(listener);
        resolve(message);
      };
      this.#waiting.add(listener);
      void this.process.exited.then(async ({ code, signal }) => {
        // What it sent last may still be on its way.
        await new Promise((done) => setTimeout(done, 500));
        reject(new Error(`The kernel has ended: ${signal ?? `exit code ${code}`}.`));
      });
    });
    // Some waits are given up when a test ends.
    wait.catch(() => {});
    return wait;
  }

  /** Sends a request and resolves with its reply. */
  async ask(type: string, content: Content = {}, channel: "shell" | "control" = "shell") {
    const question = request(channel, type, this.session, content);
    const reply = this.next((one) => one.channel === channel && answers(one, question));
    await this.#channels.send(question);
    return (await reply).content;
  }

  async send(message: Message): Promise<void> {
    await this.#channels.send(message);
  }

  /** Runs a cell; resolves when its reply and its idle status have come. */
  async run(code: string, options: Content = {}): Promise<Run> {
    return this.start(code, options).ended;
  }

  /** Sends a cell to run. */
  start(code: string, options: Content = {}): { ended: Promise<Run>; request: Message } {
    const question = request("shell", "execute_request", this.session, {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...options,
    });
    const messages: Message[] = [];
    const about = (message: Message) => answers(message, question);
    const reply = this.next((message) => message.channel === "shell" && about(message));
    const idle = this.next((message) => {
      if (message.channel !== "iopub" || !about(message)) return false;
      messages.push(message);
      return message.content["execution_state"] === "idle";
    });
    const ended = this.#channels.send(question).then(async () => {
      const [answer] = await Promise.all([reply, idle]);
      return { reply: answer, messages };
    });
    return { ended, request: question };
  }

  /** Sends bytes to the heartbeat and gives its echo. */
  async beat(text: string): Promise<string> {
    const socket = new Request({ linger: 0, receiveTimeout: 5000 });
    socket.connect(socketAddress(this.info, "hb"));
    await socket.send(text);
    const [echo] = await socket.receive();
    socket.close();
    return String(echo);
  }

  interrupt(): Promise<Content> {
    return this.ask("interrupt_request", {}, "control");
  }

  /** Ends the kernel, and waits for its end. */
  async stop(): Promise<void> {
    const ended = this.process.exited;
    if (this.process.exit === undefined) {
      await this.#channels.send(request("control", "shutdown_request", this.session));
    }
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    await this.process.stop();
    this.#channels.close();
    await removeFolder(this.folder);
  }

  #receive(message: Message): void {
    if (message.channel === "iopub") {
      this.published.push(message);
      this.onPublished(message);
    }
    if (message.header.msg_type === "input_request") this.#reply(message);
    for (const listener of this.#waiting) listener(message);
  }

  #reply(asked: Message): void {
    const value = this.onInput(asked.content);
    if (value === undefined) return;
    const reply = request("stdin", "input_reply", this.session, { status: "ok", value });
    void this.#channels.send({ ...reply, parent_header: asked.header });
  }
}

/** The text of one stream of a run. */
export function textOf({ messages }: Run, name: "stdout" | "stderr" = "stdout"): string {
  return messages
    .filter(({ header, content }) => header.msg_type === "stream" && content["name"] === name)
    .map(({ content }) => String(content["text"]))
    .join("");
}

/** The bundle of a run's result. */
export function resultOf({ messages }: Run): Record<string, unknown> | undefined {
  const result = messages.find(({ header }) => header.msg_type === "execute_result");
  return result?.content["data"] as Record<string, unknown> | undefined;
}

/** The text of a run's result. */
export function shown(run: Run): unknown {
  return resultOf(run)?.["text/plain"];
}
