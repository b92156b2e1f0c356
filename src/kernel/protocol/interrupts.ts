import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { SHARED, type ToRuntime } from "../link.js";
import type { ChildProcesses } from "./child-processes.js";
import type { Inputs } from "./inputs.js";
import type { RuntimeSession } from "./runtime-session.js";

/** How long the runtime may take to answer before its code is terminated, in milliseconds. */
const PATIENCE_MS = 100;
/** How long after that it is tried again. */
const AGAIN_MS = 200;

/** How long a cell may take to tell of its end once it was stopped. */
const GRACE_MS = 1000;

interface SignalWatcher {
  onsignal: () => void;
  start(signal: number): number;
}

interface Inside {
  internalBinding(name: "signal_wrap"): { readonly Signal: new () => SignalWatcher };
}

const require = createRequire(import.meta.url);

/**
 * Stops what the runtime does. A thread that waits takes a message and ends its cell; one that
 * does not answer is in a loop, which V8 terminates from here.
 */
export class Interrupts {
  #sequence = 0;

  constructor(
    private readonly shared: Int32Array,
    private readonly post: (message: ToRuntime) => void,
    private readonly inputs: Inputs,
    private readonly runtime: RuntimeSession,
    private readonly children: ChildProcesses,
  ) {}

  /** Resolves when the runtime has taken notice, and its cell had the time to end. */
  async interrupt(): Promise<void> {
    const sequence = ++this.#sequence;
    Atomics.store(this.shared, SHARED.interruptAsked, sequence);
    this.post({ type: "interrupt", sequence });
    this.inputs.refuse();
    const isSeen = () => Atomics.load(this.shared, SHARED.interruptSeen) >= sequence;
    let terminateAt = Date.now() + PATIENCE_MS;
    let { blocked } = this.children;
    while (!isSeen()) {
      ({ blocked } = this.children);
      this.children.endBlocking();
      await sleep(5);
      if (Date.now() < terminateAt || isSeen()) continue;
      this.runtime.call(`$kernel$.terminate(${sequence})`);
      // The first message may have been lost to a termination.
      this.post({ type: "interrupt", sequence });
      terminateAt = Date.now() + AGAIN_MS;
    }
    // Its code did not go on to say so; the next cell's may stand still already.
    if (this.children.blocked === blocked) this.children.blocked = undefined;
    await sleep(GRACE_MS);
  }

  /** Terminates whatever the runtime runs, if it is not the kernel's own code. */
  terminate(): void {
    this.children.endBlocking();
    this.runtime.call("$kernel$.terminate(Infinity)");
  }

  /**
   * Interrupts on SIGINT. Node hands signals only to the main thread, which cannot take one in a
   * loop; its own building block for that works in any thread.
   */
  onSignal(onsignal: () => void): void {
    try {
      // Of Node's inside, which only this thread can reach: see `start-protocol-thread.ts`.
      const inside = require("internal/test/binding") as Inside;
      const watcher = new (inside.internalBinding("signal_wrap").Signal)();
      watcher.onsignal = onsignal;
      if (watcher.start(2) === 0) return;
    } catch {
      // A Node without it: the runtime passes on what signals it can take.
    }
    this.post({ type: "watch-signal" });
  }
}
