import { randomUUID } from "node:crypto";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import {
  socketAddress,
  tcpConnection,
  writeConnectionFile,
  type ConnectionInfo,
} from "jupyter-wire/connection-info";
import { request, type Message } from "jupyter-wire/messages";
import { decode, encode } from "jupyter-wire/wire";

/** Looks for the kernel's sockets every 2 ms, so that waiting for them adds little to its start. */
const SOCKET = { linger: 0, reconnectInterval: 2, receiveHighWaterMark: 0 };

/** No kernel may take longer for anything. */
const LIMIT_MS = 30_000;

/** A kernel under measurement: as little as can be between the clock and the sockets. */
export class MeasuredKernel {
  readonly #shell = new Dealer({ ...SOCKET, routingId: randomUUID() });
  readonly #iopub = new Subscriber(SOCKET);
  readonly #session = randomUUID();
  /** Characters of text printed to stdout so far. */
  printed = 0;
  #idle = new Map<string, () => void>();

  private constructor(
    readonly info: ConnectionInfo,
    readonly child: ChildProcess,
  ) {
    this.#iopub.subscribe();
    this.#iopub.connect(socketAddress(info, "iopub"));
    this.#shell.connect(socketAddress(info, "shell"));
    void this.#listen();
  }

  /** Starts a kernel; resolves with it and the milliseconds until it answered. */
  static async start(argv: (file: string) => readonly string[], folder: string, cwd: string) {
    const info = await tcpConnection();
    const file = join(folder, `${randomUUID()}.json`);
    await writeConnectionFile(file, info);
    const [program = "", ...args] = argv(file);
    const started = performance.now();
    const child = spawn(program, args, { cwd, stdio: "ignore", detached: true });
    const kernel = new MeasuredKernel(info, child);
    await kernel.#ask("kernel_info_request", {});
    const ready = performance.now() - started;
    // The subscription may take effect later than the first answer.
    const deadline = Date.now() + 5000;
    while (!(await kernel.#isHeard()) && Date.now() < deadline);
    return { kernel, ready };
  }

  /** Runs a cell; resolves with the milliseconds until its reply and idle status. */
  async run(code: string): Promise<number> {
    const started = performance.now();
    const status = await this.#ask("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    });
    if (status !== "ok") throw new Error(`The cell ${code} ended with status ${status}.`);
    return performance.now() - started;
  }

  /** Resident memory of the kernel and its child processes, in MB. Linux only. */
  memory(): number {
    const pids = [this.child.pid as number];
    for (const entry of readdirSync("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${entry}/status`, "utf8"))?.[1];
        if (pids.includes(Number(parent))) pids.push(Number(entry));
      } catch {
        // It has ended meanwhile.
      }
    }
    const kilobytes = pids.map((pid) => {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    });
    return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
  }

  async stop(): Promise<void> {
    this.#shell.close();
    this.#iopub.close();
    try {
      process.kill(-(this.child.pid as number), "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, "exit");
    }
  }

  async #ask(type: string, content: Record<string, unknown>): Promise<string> {
    const limit = AbortSignal.timeout(LIMIT_MS);
    const late = new Promise<never>((_, reject) => {
      limit.addEventListener("abort", () => reject(new Error(`No answer to ${type}.`)));
    });
    return Promise.race([this.#answer(type, content), late]);
  }

  async #answer(type: string, content: Record<string, unknown>): Promise<string> {
    const question = request("shell", type, this.#session, content);
    const idle = new Promise<void>((resolve) => this.#idle.set(question.header.msg_id, resolve));
    await this.#shell.send(encode(question, this.info.key));
    let reply: Message;
    do {
      reply = decode(await this.#shell.receive(), this.info.key, "shell");
    } while (reply.parent_header.msg_id !== question.header.msg_id);
    if (type === "execute_request") await idle;
    const { status } = reply.content;
    return typeof status === "string" ? status : "ok";
  }

  /** Whether the status messages of a request arrive. */
  async #isHeard(): Promise<boolean> {
    const question = request("shell", "kernel_info_request", this.#session);
    const idle = new Promise<boolean>((resolve) =>
      this.#idle.set(question.header.msg_id, () => resolve(true)),
    );
    await this.#shell.send(encode(question, this.info.key));
    await this.#shell.receive();
    return Promise.race([idle, new Promise<boolean>((r) => setTimeout(() => r(false), 50))]);
  }

  async #listen(): Promise<void> {
    try {
      for await (const frames of this.#iopub) {
        const { header, parent_header: parent, content } = decode(frames, this.info.key, "iopub");
        if (header.msg_type === "stream") this.printed += String(content["text"]).length;
        if (content["execution_state"] === "idle") this.#idle.get(parent.msg_id ?? "")?.();
      }
    } catch {
      // The socket was closed.
    }
  }
}
