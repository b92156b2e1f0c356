import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import { TypeServerError } from "./errors.js";
import { FrameReader, encodeFrame } from "./frames.js";

export interface TypeServerOptions {
  /** The native program, from `findTypeScript`. */
  readonly program: string;
  readonly cwd: string;
  /** Files that are not on disk: their text, or undefined for the file on disk, if any. */
  readonly readFile: (file: string) => string | undefined;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * TypeScript's native program as a child process that answers questions (JSON-RPC over its stdin
 * and stdout). The package's own client, `typescript/unstable/async`, speaks the same, but loading
 * it costs a kernel 100 ms of CPU and 15 MB, this costs neither.
 *
 * It has a process group of its own, as Jupyter interrupts a kernel by a signal to the whole group.
 * It ends when its stdin closes, so it cannot outlive this process.
 */
export class TypeServer {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #readFile: TypeServerOptions["readFile"];
  readonly #frames = new FrameReader();
  #nextId = 1;
  #ended: TypeServerError | undefined;

  constructor(options: TypeServerOptions) {
    this.#readFile = options.readFile;
    this.#child = spawn(
      options.program,
      ["--api", "--async", "--cwd", options.cwd, "--callbacks=readFile"],
      {
        stdio: ["pipe", "pipe", "ignore"],
        detached: process.platform !== "win32",
        windowsHide: true,
      },
    );
    this.#child.once("error", (error) => this.#end(`could not be started: ${error.message}`));
    this.#child.once("exit", (code, signal) => this.#end(`ended (${signal ?? code})`));
    this.#child.stdin?.on("error", () => this.#end("closed its input"));
    this.#child.stdout?.on("data", (chunk: Buffer) => this.#receive(chunk));
  }

  /** Whether it can be asked: false once it has ended or was stopped. */
  get alive(): boolean {
    return this.#ended === undefined;
  }

  /** The process id, or undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Asks a question.
   *
   * @param limitMs milliseconds to wait; then the process counts as hung and is ended
   * @throws TypeServerError when it has ended, does not answer in time, or answers with an error
   */
  async request<T>(method: string, params: unknown, limitMs: number): Promise<T> {
    if (this.#ended) throw this.#ended;
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    this.#send({ id, method, params });
    const late = setTimeout(() => {
      this.#end(`did not answer ${method} within ${limitMs} ms`);
      this.kill();
    }, limitMs);
    try {
      return (await answer) as T;
    } finally {
      clearTimeout(late);
    }
  }

  /** Tells without waiting for an answer, for what frees memory only. */
  tell(method: string, params: unknown): void {
    if (!this.#ended) this.#send({ id: this.#nextId++, method, params });
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /**
   * Ends the process and waits until it is gone. At once, since it keeps nothing: one that was just
   * starting would read the end of its input only seconds later, and outlive the kernel.
   */
  async stop(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    this.#end("was stopped");
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const exit = once(this.#child, "exit");
    this.kill();
    await exit;
  }

  #send(message: Message): void {
    this.#child.stdin?.write(encodeFrame({ jsonrpc: "2.0", ...message }));
  }

  #receive(chunk: Buffer): void {
    try {
      for (const message of this.#frames.push(chunk)) this.#handle(message as Message);
    } catch (error) {
      this.#end(`sent what cannot be read: ${String(error)}`);
      this.kill();
    }
  }

  #handle({ id, method, params, result, error }: Message): void {
    if (method !== undefined) {
      if (id === undefined) return;
      // null means "read it from disk"; the text of a file is wrapped.
      const content = method === "readFile" ? this.#readFile(String(params)) : undefined;
      this.#child.stdin?.write(
        encodeFrame({ jsonrpc: "2.0", id, result: content === undefined ? null : { content } }),
      );
      return;
    }
    const pending = this.#pending.get(Number(id));
    this.#pending.delete(Number(id));
    if (error) pending?.reject(new TypeServerError(error.message));
    else pending?.resolve(result);
  }

  #end(how: string): void {
    this.#ended ??= new TypeServerError(`The type checker ${how}.`);
    for (const pending of this.#pending.values()) pending.reject(this.#ended);
    this.#pending.clear();
  }
}
