import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Channels } from "jupyter-wire/channels";
import { socketAddress, type ConnectionInfo } from "jupyter-wire/connection-info";
import { answers, request, type Message } from "jupyter-wire/messages";
import { KernelDiedError, StartupTimeoutError } from "../../errors.js";
import { connectKernel, type KernelConnection } from "./kernel-connection.js";
import { describeExit, kernelEnd, KernelProcess } from "./kernel-process.js";
import type { KernelLaunch } from "../launch.js";
import type { Kernel, KernelEnd, KernelOptions, Shutdown } from "./kernel.js";
import { settlesWithin, TimeLimit } from "guarded-processes/time-limit";
import { MessageGaps } from "./message-gaps.js";

/** How long a kernel may take to end after its shutdown before a handle counts as leaked. */
const QUIET_MS = 3000;

/** The same where handles may be left open: it is long enough for a kernel without any. */
const ALLOWED_MS = 500;

/** How long a kernel that is asked on its shell channel may take before the other one is tried. */
const SHELL_MS = 1000;

/** How long a kernel's sockets are waited for before it is asked all the same, in milliseconds. */
const BIND_MS = 20_000;
const BIND_STEP_MS = 5;
const SOCKETS = ["shell", "iopub", "stdin", "control", "hb"] as const;

/** How many times longer all takes on a machine that has more to do than it can. */
function slowness(): number {
  const [load = 0] = loadavg();
  return Math.min(4, Math.max(1, load / availableParallelism()));
}

/** A kernel that is a process of this machine, with a KernelConnection over ZeroMQ. */
export class LocalKernel implements Kernel {
  private constructor(
    private readonly process: KernelProcess,
    private readonly channels: Channels,
    readonly connection: KernelConnection,
    /** What came in that could not be read. */
    readonly wireErrors: readonly unknown[],
    private readonly gaps: MessageGaps,
    readonly language: string | undefined,
  ) {}

  /**
   * Starts a kernel and waits until it answers on its shell and its iopub channel.
   *
   * @throws {KernelDiedError} when its process ends
   * @throws {StartupTimeoutError} when it is not ready in time
   */
  static async start(launch: KernelLaunch, options: KernelOptions): Promise<LocalKernel> {
    const process = await KernelProcess.start(launch, options);
    const wireErrors: unknown[] = [];
    const gaps = new MessageGaps();
    const session = randomUUID();
    const settled = new AbortController();
    const signal = AbortSignal.any([options.signal, settled.signal]);
    let onMessage = (_message: Message) => {};
    const channels = new Channels(process.info, {
      onMessage: (message) => onMessage(gaps.strip(message)),
      onError: (error) => wireErrors.push(error),
      ...(launch.ipcSeparator === undefined ? {} : { ipcSeparator: launch.ipcSeparator }),
    });
    const route = (handler: typeof onMessage) => (onMessage = handler);
    const connected = async () => {
      await bound(process.info, launch.ipcSeparator, signal);
      await ready(channels, session, signal, route);
      return connectKernel({
        channels,
        session,
        interrupt: async () => {
          if (launch.interruptMode === "signal") process.interrupt();
          else await channels.send(request("control", "interrupt_request", session));
        },
        route,
        onError: (error) => wireErrors.push(error),
      });
    };
    try {
      const connection = await Promise.race([
        connected(),
        // Also for a kernel that answers once and never again.
        failsAfter(options.startupTimeoutSeconds, process, signal),
        process.exited.then((exit): never => {
          throw new KernelDiedError(describeExit(exit), process.log);
        }),
      ]);
      return new LocalKernel(process, channels, connection, wireErrors, gaps, launch.language);
    } catch (error) {
      channels.close();
      await process.stop(0);
      throw error;
    } finally {
      settled.abort();
    }
  }

  get log(): string {
    return this.process.log;
  }

  get lostMessages(): number {
    return this.gaps.lost;
  }

  get died(): Promise<KernelEnd> {
    return this.process.exited.then(kernelEnd);
  }

  async interrupt(): Promise<void> {
    await this.connection.interrupt();
  }

  async shutdown(mayLeak = false): Promise<Shutdown> {
    const ask = (channel: "shell" | "control") =>
      this.channels.send(
        request(channel, "shutdown_request", this.connection.clientId, { restart: false }),
      );
    // ipykernel 7, asked on its control channel, at times waits for ever for that channel's thread,
    // which still tells that it is idle through what has been closed.
    if (this.language === "python") {
      await ask("shell");
      await settlesWithin(this.process.exited, SHELL_MS * slowness());
    }
    if (this.process.isRunning) await ask("control");
    const result = await this.process.stop((mayLeak ? ALLOWED_MS : QUIET_MS) * slowness());
    this.#close();
    return result;
  }

  async kill(): Promise<void> {
    await this.process.stop(0);
    this.#close();
  }

  #close(): void {
    this.connection.dispose();
    this.channels.close();
  }
}

/** @throws {StartupTimeoutError} when the time is up, and an AbortError before */
async function failsAfter(
  seconds: number,
  process: KernelProcess,
  signal: AbortSignal,
): Promise<never> {
  const limit = new TimeLimit(seconds);
  try {
    await once(AbortSignal.any([limit.signal, signal]), "abort");
  } finally {
    limit.clear();
  }
  signal.throwIfAborted();
  throw new StartupTimeoutError(seconds, process.log);
}

/**
 * Waits until a kernel on unix sockets has bound all of them. tslab, asked while it still binds one,
 * may never answer: "Socket is blocked by a bind or unbind operation".
 */
async function bound(
  info: ConnectionInfo,
  ipcSeparator: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (info.transport !== "ipc") return;
  const deadline = performance.now() + BIND_MS;
  const files = SOCKETS.map((socket) =>
    socketAddress(info, socket, ipcSeparator).slice("ipc://".length),
  );
  while (!files.every((file) => existsSync(file)) && performance.now() < deadline) {
    await sleep(BIND_STEP_MS, undefined, { signal });
  }
}

/**
 * Asks for kernel_info until an answer came on both channels. The first iopub messages may be lost,
 * because a subscription takes effect some time after the kernel has bound its socket.
 */
async function ready(
  channels: Channels,
  session: string,
  signal: AbortSignal,
  route: (handler: (message: Message) => void) => void,
): Promise<void> {
  const asked: Message[] = [];
  const seen = new Set<string>();
  let wake = () => {};
  route((message) => {
    if (asked.some((question) => answers(message, question))) seen.add(message.channel);
    wake();
  });
  while (!(seen.has("shell") && seen.has("iopub"))) {
    signal.throwIfAborted();
    const question = request("shell", "kernel_info_request", session);
    asked.push(question);
    await channels.send(question);
    // Once it answers on the shell, the missing status is only one more question away.
    const wait = seen.has("shell") ? 20 : 500;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    await Promise.race([sleep(wait), woken]);
  }
}
