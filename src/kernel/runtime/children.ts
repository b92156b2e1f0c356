import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { KeyboardInterrupt } from "../errors.js";
import { SHARED } from "../link.js";
import { owningCell, runningCell, type Cell } from "./cell.js";
import type { Outbox } from "./outbox.js";

type Spawn = (this: ChildProcess, options: { readonly detached?: boolean }) => number;
type Call = (...values: unknown[]) => unknown;

interface Child {
  readonly process: ChildProcess;
  /** The run that started it. */
  readonly cell: Cell | undefined;
  readonly isDetached: boolean;
}

const SYNCHRONOUS = ["spawnSync", "execFileSync", "execSync"] as const;

/** The processes that cells start, so that an interrupt can end those that a cell waits for. */
export class Children {
  readonly #started = new Set<Child>();

  constructor(
    private readonly outbox: Outbox,
    private readonly shared: Int32Array,
  ) {}

  /** Takes note of all that is started from here on. */
  watch(): void {
    const started = (process: ChildProcess, isDetached: boolean) => {
      this.#forgetEnded();
      this.#started.add({ process, cell: owningCell(), isDetached });
    };
    const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
    const { spawn } = prototype;
    prototype.spawn = function (options) {
      const result = spawn.call(this, options);
      if (this.pid !== undefined) started(this, options?.detached === true);
      return result;
    };
    for (const name of SYNCHRONOUS) {
      const call = childProcess[name] as Call;
      const blocking = (...values: unknown[]) => this.#whileBlocked(() => call(...values));
      Object.defineProperty(blocking, "name", { value: name });
      (childProcess as unknown as Record<string, Call>)[name] = blocking;
    }
    syncBuiltinESMExports();
  }

  /**
   * Has those ended that an interrupted cell waits for: what it awaits, and what its run has started,
   * unless that was to live on by itself.
   */
  endAwaited(cell: Cell): void {
    const awaited = childOf(cell.awaited);
    this.#forgetEnded();
    const ended = [...this.#started].filter(
      (one) => one.process === awaited || (one.cell === cell && !one.isDetached),
    );
    const pids = ended.flatMap(({ process: { pid } }) => pid ?? []);
    if (pids.length > 0) this.outbox.send({ type: "end-children", pids });
  }

  /** The protocol thread can end what this thread stands still for; it must know what else there is. */
  #whileBlocked<T>(call: () => T): T {
    this.#forgetEnded();
    const others = [...this.#started].flatMap(({ process: { pid } }) => pid ?? []);
    // What was printed is not to wait for the process.
    this.outbox.flush();
    this.outbox.send({ type: "blocked", others });
    try {
      return call();
    } finally {
      this.outbox.send({ type: "unblocked" });
      this.#stopIfAsked();
    }
  }

  /** What the process has told is not for a cell that was stopped meanwhile. */
  #stopIfAsked(): void {
    const asked = Atomics.load(this.shared, SHARED.interruptAsked);
    if (asked <= Atomics.load(this.shared, SHARED.interruptSeen)) return;
    Atomics.store(this.shared, SHARED.interruptSeen, asked);
    runningCell()?.interrupt();
    throw new KeyboardInterrupt();
  }

  #forgetEnded(): void {
    for (const one of this.#started) {
      const { exitCode, signalCode } = one.process;
      if (exitCode !== null || signalCode !== null) this.#started.delete(one);
    }
  }
}

/** Of what `promisify(exec)` returns, and of what libraries return that are both. */
function childOf(awaited: unknown): unknown {
  return (awaited as { readonly child?: unknown } | undefined)?.child ?? awaited;
}
