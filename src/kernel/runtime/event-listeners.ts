import { EventEmitter } from "node:events";
import { inOwner, owningCell } from "./cell.js";

type Listener = (...args: unknown[]) => void;
type Add = (this: EventEmitter, event: string | symbol, listener: Listener) => EventEmitter;

/** What was made here: not to be made again by the method that adds it. */
const owned = new WeakSet<Listener>();

/**
 * Lets a listener run in the context of the cell that added it. Without this it runs in that of the
 * cell that opened the connection, or the file, whose events it hears, and what it prints would show
 * there.
 */
export function ownEventListeners(): void {
  const { prototype } = EventEmitter as unknown as { prototype: Record<string, Add> };
  for (const method of ["on", "addListener", "prependListener"]) {
    const add = prototype[method] as Add;
    prototype[method] = function (event, listener) {
      return add.call(this, event, inAddingCell(listener));
    };
  }
  for (const [method, plain] of [
    ["once", "on"],
    ["prependOnceListener", "prependListener"],
  ] as const) {
    const addOnce = prototype[method] as Add;
    prototype[method] = function (event, listener) {
      if (typeof listener !== "function" || owningCell() === undefined) {
        return addOnce.call(this, event, listener);
      }
      let called = false;
      const once = inAddingCell(listener, (call) => {
        if (called) return;
        called = true;
        this.removeListener(event, listener);
        call();
      });
      return this[plain](event, once);
    };
  }
}

function inAddingCell(listener: Listener, around = (call: () => void) => call()): Listener {
  const cell = owningCell();
  // Node's own once has a listener in its listener, by which both find what to remove.
  const isWrapped = typeof listener !== "function" || "listener" in listener || owned.has(listener);
  if (cell === undefined || isWrapped) return listener;
  const inCell: Listener & { listener?: Listener } = function (this: unknown, ...args) {
    around(() => inOwner(cell, () => listener.apply(this, args)));
  };
  // By this property `off` finds it.
  inCell.listener = listener;
  owned.add(inCell);
  return inCell;
}
