import { AsyncLocalStorage } from "node:async_hooks";
import { inspect } from "node:util";
import type { Header } from "jupyter-wire/messages";
import { KeyboardInterrupt } from "../errors.js";
import type { CellRun } from "../link.js";

/** One run of a cell. What it starts, timers and callbacks, keeps it as its context. */
export class Cell {
  readonly parent: Header;
  readonly count: number;
  readonly id: number;
  readonly silent: boolean;
  readonly allowStdin: boolean;
  /** Of `performance.now()`. */
  readonly startedAt = performance.now();
  running = true;
  stopped = false;
  /** Whether it was stopped in the midst of its code, and not while it waited. */
  terminated = false;
  /** The value of the last expression; undefined when there is none. */
  value: unknown;
  /** What it has asked to be shown, which may take its time. */
  readonly shows: Promise<unknown>[] = [];
  /** What was thrown where nobody could catch it, while the cell ran. */
  uncaught: { readonly error: unknown } | undefined;
  /** Line and column, in the JavaScript without types, of the latest `await` of the top level. */
  awaiting: readonly [line: number, column: number] | undefined;
  /** What the top level awaits, or awaited last. */
  awaited: unknown;
  /** Rejects when the user stops the cell. */
  readonly stop: Promise<never>;
  #reject: (error: Error) => void = () => {};

  constructor(request: CellRun) {
    this.parent = request.parent;
    this.count = request.count;
    this.id = request.id;
    this.silent = request.silent;
    this.allowStdin = request.allowStdin;
    this.stop = new Promise((_, reject) => (this.#reject = reject));
    this.stop.catch(() => {});
  }

  /** Node keeps the cell as a property of what it starts, which may be printed. */
  [inspect.custom](): string {
    return `[Cell ${this.count}]`;
  }

  /** Ends the wait for the cell. Its code goes no further than the next `await`. */
  interrupt(): void {
    for (const listener of listeners) listener(this);
    this.fail(new KeyboardInterrupt());
  }

  /** The same, with another reason. */
  fail(error: Error): void {
    this.stopped = true;
    this.#reject(error);
  }
}

const listeners: ((cell: Cell) => void)[] = [];

/** Calls back when the user stops a cell. */
export function onInterrupt(listener: (cell: Cell) => void): void {
  listeners.push(listener);
}

const storage = new AsyncLocalStorage<Cell>();
let latest: Cell | undefined;

/** The cell that caused what runs now; the latest one where Node has lost the track. */
export function currentCell(): Cell | undefined {
  return storage.getStore() ?? latest;
}

/** The cell in whose context this runs, if any. */
export function owningCell(): Cell | undefined {
  return storage.getStore();
}

/** The cell that is running, if one is. */
export function runningCell(): Cell | undefined {
  return latest?.running === true ? latest : undefined;
}

/** Runs a function, and all that it starts, in the context of a cell. */
export function inCell<T>(cell: Cell, work: () => T): T {
  latest = cell;
  return storage.run(cell, work);
}

/** Runs a function in the context of no cell: what it adds as a listener hears in whose it is called. */
export function inNoCell<T>(work: () => T): T {
  return storage.exit(work);
}

/** Runs a call-back in the context of the cell that handed it over. */
export function inOwner<T>(cell: Cell, work: () => T): T {
  return storage.run(cell, work);
}
